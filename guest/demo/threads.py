# SPDX-License-Identifier: GPL-2.0-only
# threads.py N: make so many threads, one after the other.
import sys, threading
done = []
for number in range(int(sys.argv[1])):
	thread = threading.Thread(target=lambda: done.append(number))
	thread.start()
	thread.join()
assert len(done) == int(sys.argv[1])

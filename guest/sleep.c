// SPDX-License-Identifier: GPL-2.0-only
/* "sleep SECONDS", and without SECONDS "true": kselftests start both. */
#include "nolibc.h"

int main(int argc, char **argv)
{
	if (argc > 1)
		sleep(atoi(argv[1]));
	return 0;
}

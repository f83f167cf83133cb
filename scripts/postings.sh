# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034 # the variables are for the scripts
# patches/postings: which patches go out together. Leaves the names in order in
# $postings; subject, after, flags, text, changes, made and patches_of by name
# (changes by "NAME VERSION"). One line on standard error and 1 for each fault.

postings=()
declare -A subject=() after=() flags=() text=() changes=() patches_of=() posting_of=()
made=''
faults=0
fault() { printf '%s\n' "patches/postings: $*" >&2; faults=1; }

# needs NAME: the postings that it is sent after, first to last, and theirs
needs() {
	local all=" ${after[$1]} " name
	for name in $(printf '%s\n' "${postings[@]}" | tac); do
		[[ $all != *" $name "* ]] || all+="${after[$name]} "
	done
	for name in "${postings[@]}"; do [[ $all != *" $name "* ]] || echo "$name"; done
}

read_postings() {
	local line key rest name='' where='' number=0 patch plain pattern found other
	local -A patterns=() but=() cover=() above=()
	while IFS= read -r line; do
		number=$((number + 1)) key=${line%% *} rest=${line#* }
		[ "$rest" != "$line" ] || rest=''
		case $line in
		'#'*) continue ;;
		$'\t'*|'')
			case $where in
			text) text[$name]+=${line#$'\t'}$'\n' ;;
			v*) changes[$name $where]+=${line#$'\t'}$'\n' ;;
			made) made+=${line#$'\t'}$'\n' ;;
			*) [ -z "$line" ] || fault "line $number stands in no text" ;;
			esac
			continue ;;
		esac
		where=''
		case $key in
		made) where=made ;;
		posting)
			name=$rest
			[[ $name =~ ^[a-z0-9-]+$ ]] && [ -z "${after[$name]+there}" ] ||
				fault "line $number: '$name' is no name, or there twice"
			postings+=("$name")
			after[$name]='' flags[$name]='' text[$name]='' ;;
		subject) subject[$name]=$rest ;;
		after) after[$name]=$rest ;;
		patches) patterns[$name]=$rest ;;
		but) but[$name]=$rest ;;
		rfc) flags[$name]+=' rfc' ;;
		text|v[2-9]) where=$key ;;
		*) fault "line $number: unknown word '$key'" ;;
		esac
	done <"$top/patches/postings"

	# Patterns are for "topic/name", without the number, which changes.
	set -f
	while read -r patch; do
		plain=${patch/\/[0-9][0-9][0-9][0-9]-//} found=''
		for name in "${postings[@]}"; do
			for pattern in ${patterns[$name]:-}; do
				# shellcheck disable=SC2053 # patterns are meant
				[[ $plain == $pattern ]] || continue
				cover["$name $pattern"]=1
				for other in ${but[$name]:-}; do
					# shellcheck disable=SC2053
					[[ $plain != $other ]] || { cover["$name $other"]=1; continue 2; }
				done
				found+=" $name"
				break
			done
		done
		case $found in
		'') fault "$patch is in no posting: add it to a line 'patches'" ;;
		' '*' '*) fault "$patch is in more than one posting:$found" ;;
		*) patches_of[${found# }]+="$patch"$'\n' posting_of[$patch]=${found# } ;;
		esac
	done < <(grep -v '^#' "$top/patches/series")

	for name in "${postings[@]}"; do
		for pattern in ${patterns[$name]:-} ${but[$name]:-}; do
			[ -n "${cover["$name $pattern"]:-}" ] || fault "$name: no patch is $pattern"
		done
		found=$(grep -c . <<<"${patches_of[$name]:-}")
		[ "$found" -gt 0 ] || { fault "$name has no patch"; continue; }
		[ "$found" -le 15 ] || fault "$name has $found patches, 15 is the bound"
		other=${patches_of[$name]%%/*}
		if [ "$found" -gt 1 ] && [ -z "${text[$name]}" ]; then
			[ -z "${cover[$other]:-}" ] || fault "$name has no text, and the cover letter of $other is that of ${cover[$other]}"
			cover[$other]=$name
		fi
		[ -z "${text[$name]}" ] || [ -n "${subject[$name]:-}" ] || fault "$name has a text and no subject"
		for other in ${after[$name]}; do
			[ -n "${above[$other]:-}" ] ||
				fault "$name is after $other, which is no posting above it"
		done
		above[$name]=1
	done
	set +f
	return $faults
}

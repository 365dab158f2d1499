# Completion of rolegraph in bash 4.4 or later.
_rolegraph_completion() {
    local kind value words
    COMPREPLY=()
    while IFS=$'\t' read -r kind value words; do
        case $kind in
            file)
                compopt -o filenames
                while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen -f -- "$value")
                ;;
            open)
                compopt -o nospace
                COMPREPLY+=("$value")
                ;;
            *) COMPREPLY+=("$value") ;;
        esac
    done < <(
        COMP_WORDS="${COMP_LINE:0:COMP_POINT}" COMP_BREAKS="$COMP_WORDBREAKS" \
            _ROLEGRAPH_COMPLETE=bash_complete command "$1" 2>/dev/null
    )
}
complete -o nosort -F _rolegraph_completion rolegraph

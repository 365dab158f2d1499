#compdef rolegraph
# Completion of rolegraph in zsh.
_rolegraph_completion() {
    local -a typed plain plain_words open open_words
    local kind value words_on_it files
    typed=("${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}")
    while IFS=$'\t' read -r kind value words_on_it; do
        case $kind in
            file) files=yes ;;
            open) open+=("$value"); open_words+=("$value${words_on_it:+  ($words_on_it)}") ;;
            *) plain+=("$value"); plain_words+=("$value${words_on_it:+  ($words_on_it)}") ;;
        esac
    done < <(COMP_WORDS="${(F)typed}" _ROLEGRAPH_COMPLETE=zsh_complete command "${typed[1]}" 2>/dev/null)
    (( $#plain )) && compadd -U -V names -l -d plain_words -a plain
    (( $#open )) && compadd -U -V parameters -S '' -l -d open_words -a open
    if [[ -n $files ]]; then
        compset -P '--*='
        _files
    fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _rolegraph_completion "$@"
else
    compdef _rolegraph_completion rolegraph
fi

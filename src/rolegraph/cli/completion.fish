# Completion of rolegraph in fish 3.1 or later.
function _rolegraph_completion
    set -l typed (commandline -opc)
    set -l last (commandline -ct)
    set -l all (string join \n -- $typed "$last" | string collect)
    for line in (COMP_WORDS="$all" _ROLEGRAPH_COMPLETE=fish_complete command $typed[1] 2>/dev/null)
        set -l part (string split \t -- $line)
        if test "$part[1]" = file
            __fish_complete_path "$part[2]"
        else
            printf '%s\t%s\n' "$part[2]" "$part[3]"
        end
    end
end
complete --no-files --command rolegraph --arguments "(_rolegraph_completion)"

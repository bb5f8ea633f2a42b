# Completion of `abm` for bash. Installed as share/bash-completion/completions/abm.

_abm() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]}
    local verbs="inspect detect ledger report generate evaluate templates train models label queue export watch backup restore check"
    local judge="--detector --rules --seed --threads --help"
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$verbs --help --version" -- "$cur")
        return
    fi
    case $prev in
        --format) mapfile -t COMPREPLY < <(compgen -W "table csv jsonl" -- "$cur"); return ;;
        --order) mapfile -t COMPREPLY < <(compgen -W "score time" -- "$cur"); return ;;
        --detector) mapfile -t COMPREPLY < <(compgen -W "auto iforest rules" -- "$cur"); return ;;
        --line-end) mapfile -t COMPREPLY < <(compgen -W "cr lf crlf" -- "$cur"); return ;;
        --threshold|--top|--seed|--threads|--machines|--days|--size|--title) return ;;
        --out)
            compopt -o filenames
            if [[ $verb == generate ]]; then mapfile -t COMPREPLY < <(compgen -d -- "$cur"); else mapfile -t COMPREPLY < <(compgen -f -- "$cur"); fi
            return ;;
    esac
    if [[ $verb == generate && $COMP_CWORD -eq 2 ]]; then
        mapfile -t COMPREPLY < <(compgen -W "journal capture table --help" -- "$cur")
        return
    fi
    if [[ $cur == -* ]]; then
        local options="--help"
        case $verb in
            inspect|ledger) options="--format --out --threads --help" ;;
            detect) options="--findings --threshold --top --order --all --format --out $judge" ;;
            report) options="--out --top --title $judge" ;;
            generate) options="--out --machines --days --seed --size --line-end --help" ;;
        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        return
    fi
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$cur")
}
complete -F _abm abm

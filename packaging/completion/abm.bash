# Completion of `abm` for bash. Installed as share/bash-completion/completions/abm.

_abm_words() { mapfile -t COMPREPLY < <(compgen -W "$1" -- "$cur"); }
_abm_files() {
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen "${1:--f}" -- "$cur")
}

# The word behind the verb that is no option and no value of one: set, list, adopt ...
_abm_step() {
    local at
    for ((at = 2; at < COMP_CWORD; ++at)); do
        case ${COMP_WORDS[at]} in
            --workspace|--threads|--who) ((++at)) ;;
            -*) ;;
            *) printf '%s' "${COMP_WORDS[at]}"; return ;;
        esac
    done
}

_abm_options() {
    local reading="--profile --party-a --party-b --window-ms --response-limit-ms"
    local table="--format --out" judge="--detector --param --rules --seed --workspace --model --threads" kept="--workspace --threads"
    case $1 in
        inspect) echo "$reading $table --threads" ;;
        ledger) echo "$table --threads" ;;
        detect) echo "--findings --threshold --top --order --all $reading $table $judge" ;;
        report) echo "--out --top --title $reading $judge" ;;
        "generate capture") echo "--out --seconds --seed --size" ;;
        "generate table") echo "--out --machines --days --seed --size" ;;
        "generate uelog") echo "--out --ues --hours --seed" ;;
        "generate journal") echo "--out --machines --days --seed --size --line-end" ;;
        queue) echo "--count --odd --uncertain --random $table $kept" ;;
        "label set") echo "--type --note --who $kept" ;;
        "label list"|"models list"|"sources list") echo "$table --who $kept" ;;
        "models export") echo "--out --who $kept" ;;
        "models retrain") echo "--labels --days --who $kept" ;;
        label*|models*|sources*) echo "--who $kept" ;;
        train) echo "--seed --adopt --detector --param --search --budget --who $table $kept" ;;
        export) echo "--out --as --all $kept" ;;
        backup) echo "--out --workspace" ;;
        restore) echo "--replace --workspace" ;;
        check) echo "--workspace" ;;
        evaluate) echo "--label --detector --param --queries --seed --sequences --normal --anomalous $table" ;;
        templates) echo "$table" ;;
        watch) echo "--interval --retrain-every --once --dry-run --seed --format --who $reading $kept" ;;
    esac
}

_abm() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} step
    local verbs="inspect detect ledger report generate label queue train models export sources backup restore check evaluate templates watch"
    COMPREPLY=()
    if [[ $COMP_CWORD -eq 1 ]]; then _abm_words "$verbs --help --version"; return; fi
    case $prev in
        --format) _abm_words "table csv jsonl"; return ;;
        --as) _abm_words "csv jsonl libsvm"; return ;;
        --order) _abm_words "score time"; return ;;
        --model) _abm_words "current"; [[ -n ${COMPREPLY[*]} ]] || _abm_files; return ;;
        --detector) _abm_words "auto iforest knn lof dbscan ocsvm stats $(case $verb in evaluate) echo "classifier feedback" ;; detect|report) echo sequence rules ;; *) echo sequence ;; esac)"
            return ;;
        --profile) _abm_words "ue-events syslog generic $(cd "${XDG_DATA_HOME:-$HOME/.local/share}/abm-workbench/profiles" 2>/dev/null && ls -- *.json 2>/dev/null | sed 's/\.json$//')"; [[ -n ${COMPREPLY[*]} ]] || _abm_files; return ;;
        --line-end) _abm_words "cr lf crlf"; return ;;
        --out) if [[ $verb == generate || $verb == export ]]; then _abm_files -d; else _abm_files; fi; return ;;
        --labels|--days|--threshold|--top|--seed|--threads|--machines|--size|--title|--who|--count|--odd|--uncertain|--random) return ;;
        --interval|--retrain-every) return ;;
        --party-a|--party-b|--window-ms|--response-limit-ms) return ;;
        --type|--note|--label|--queries|--param|--budget) return ;;
    esac
    case $verb in generate|label|models|sources) step=$(_abm_step) ;; esac
    if [[ $cur == -* ]]; then _abm_words "$(_abm_options "$verb${step:+ $step}") --help"; return; fi
    if [[ -z $step && $prev != --* ]]; then
        case $verb in
            generate) _abm_words "journal capture table uelog"; return ;;
            label) _abm_words "set import list undo redo"; return ;;
            models) _abm_words "list show adopt discard rollback export import retrain"; return ;;
        esac
    fi
    if [[ "$verb $step" == "label set" && $prev != set && $prev != --* ]]; then _abm_words "anomaly normal unsure"; return; fi
    if [[ $verb == watch && $prev != --workspace ]]; then _abm_files -d; return; fi
    _abm_files
}
complete -F _abm abm

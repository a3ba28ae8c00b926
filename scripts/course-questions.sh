#!/usr/bin/env bash
# Carries out the commands that the files of configs/course name in their comments, and gathers the last epochs in
# docs/course-questions.csv: what is to be seen there can be looked up here. Runs that are done are skipped. About four
# minutes on two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build src/Trainer -c Release >/dev/null
{
    echo "name,settings,epoch,train_loss,train_accuracy,test_loss,test_accuracy,digest"
    for config in configs/course/*.yaml; do
        grep -E '^# +trainer run ' "$config" | grep -v '(refused)$' | sed -E 's/^# +trainer run //' | while read -r arguments; do
            # The shell takes the quotes off, as it would where the command is typed.
            eval "set -- $arguments"
            shift
            run=$(dotnet src/Trainer/bin/Release/net10.0/trainer.dll run "$config" "$@" --set data.source=fashion-mnist --json </dev/null |
                tail -n 1 | sed -E 's/.*"folder":"([^"]*)".*/\1/')
            settings=$(printf '%s ' "$@" | sed -E 's/--set //g; s/ $//')
            tail -n 1 "$run/metrics.csv" | cut -d, -f1,6,7,10,11,12 |
                sed "s|^|$(basename "$config" .yaml),\"$settings\",|"
        done
    done
} >docs/course-questions.csv.new
mv docs/course-questions.csv.new docs/course-questions.csv

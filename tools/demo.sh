#!/bin/sh
# `make demo`: an office in a scratch directory, from nothing to the overdue report.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d "${TMPDIR:-/tmp}/sed-tui-demo.XXXXXX")
SED_DATABASE=$place/sed.db
export SED_DATABASE
cd "$here"

step() {
    printf '\n$ sedctl'
    for word in "$@"; do
        case $word in
            *[!A-Za-z0-9_./:=-]*) printf " '%s'" "$word" ;;
            *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    sedctl "$@"
}

echo "SED_DATABASE=$SED_DATABASE"
step demo
step import documents examples/letters.xlsx
step document register incoming --subject 'О представлении сведений о расходах' \
    --from 'ООО «Ромашка»' --their-number 145/и --their-date "$(date +%d.%m.%Y)"
step assignment issue --document 01-23/47 --text 'Подготовить ответ' --executor kim \
    --controller gromov --due '5 рд'
step document list --limit 15
step report overdue
step audit verify

# in the language that the commands above chose
case ${SED_LANG:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}} in
    en*) stays="The office stays there until you remove it:" look="Look around in it:" ;;
    *) stays="Администрация остаётся там, пока вы её не удалите:" look="Осмотритесь в ней:" ;;
esac
cat <<END

$stays rm -r $place
$look

    .venv/bin/sed-tui --database $SED_DATABASE
    .venv/bin/sedctl --database $SED_DATABASE assignment list
END

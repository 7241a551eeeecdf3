import { type FilteredValueToken, TypeGuards } from 'liquidjs'
import { FilterFault } from './faults.ts'
import { checkFormat } from './strftime.ts'

type FilterToken = FilteredValueToken['filters'][number]

/** How many arguments each filter takes, named ones aside. What is written too much would be passed over in silence. */
const arity: Readonly<Record<string, readonly [least: number, most: number]>> = {
  ...same(
    [0, 0],
    'abs capitalize ceil date_cn date_local downcase escape escape_once first floor last lstrip newline_to_br',
  ),
  ...same(
    [0, 0],
    'raw reverse rstrip size squish strip strip_html strip_newlines upcase url_decode url_encode',
  ),
  ...same([0, 0], 'base64_decode base64_encode base64_url_safe_decode base64_url_safe_encode web_address'),
  ...same([0, 1], 'compact join json money round sort sort_natural sum uniq default'),
  ...same([0, 2], 'date truncate truncatewords'),
  ...same([1, 1], 'append at_least at_most concat divided_by map minus modulo plus prepend remove'),
  ...same([1, 1], 'remove_first remove_last split times range_bound'),
  ...same([1, 2], 'find find_index has reject where slice replace replace_first'),
  replace_last: [2, 2],
}

function same(range: readonly [number, number], names: string) {
  return Object.fromEntries(names.split(' ').map((name) => [name, range]))
}

/** What is wrong with a filter as it is written: Problem `filter-arguments`, `unknown-date-format`. */
export function checkFilter(token: FilterToken): void {
  const given = token.args.filter((arg) => !Array.isArray(arg))
  const [least, most] = arity[token.name] ?? [0, Number.POSITIVE_INFINITY]
  if (given.length < least || given.length > most) {
    const expected = least === most ? String(least) : `${least}-${most}`
    throw new FilterFault({ code: 'filter-arguments', filter: token.name, expected })
  }
  const [format] = given
  if (token.name === 'date' && TypeGuards.isQuotedToken(format) && format.content !== '')
    checkFormat(format.content)
}

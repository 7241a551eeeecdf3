import type { LeftProperty } from '../../../shared/conditions/lines.ts'
import { thousandth } from '../../../shared/conditions/returns.ts'
import { numberText } from './condition-text.ts'
import { numberSql } from './condition-writer.ts'

/** What refunds have given back of each product of an order before a moment: the table `given`. */
export const givenTable = (before: number): string =>
  `given as (select person, refund_of, good, sum(pieces) as pieces, sum(money) as money, sum(unpriced) as unpriced
    from returned where moment < ${numberSql(before)} group by person, refund_of, good)`

/** Puts beside a line of an order `e` what was given back of its product, `g`. */
export const givenBeside =
  'left join given g on g.person = e.person and g.refund_of = e.id and g.good = e.good'

/** What falls on the line: as `shareOf` of shared/conditions/returns reckons it, step by step. */
const worth = 'greatest(e.amount, 0)'
const partOf = (all: string) => `greatest(least(coalesce(${all}, 0) - e.earlier, e.pieces), 0)`
const gone = partOf('g.pieces')
const said = `greatest(least(coalesce(g.money, 0) - e.earlier_worth, ${worth}), 0)`
const unsaid = `case when e.pieces > 0
  then floor(${worth} * (${partOf('g.unpriced')} / e.pieces) + 0.5::DOUBLE) else 0 end`
const money = `case when g.good is null then 0 else least(${worth}, ${said} + ${unsaid}) end`

/** Whether something of the line is left. */
export const lineStands = `(g.good is null
  or not ((${gone} > 0 and ${gone} >= e.pieces) or (${money} > 0 and ${money} >= ${worth})))`

/** What a line has besides what it says, as a number. */
export const leftSql = {
  refunded_quantity: `case when g.good is null then 0 else ${gone} / ${thousandth} end`,
  net_quantity: `case when g.good is null or ${gone} = 0 then try_cast(e.quantity as double)
    else (e.pieces - ${gone}) / ${thousandth} end`,
  net_amount: `e.amount - ${money}`,
} as const satisfies Record<LeftProperty, string>

export const isLeft = (name: string): name is LeftProperty => Object.hasOwn(leftSql, name)

/** As the JSON that it would be among the properties. */
export const leftJson = (number: string): string => `(${numberText(`(${number})::DOUBLE`)})`

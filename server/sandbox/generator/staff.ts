import { rawAttributeOf } from '../../../shared/conditions/customer.ts'
import { evaluate } from '../../../shared/conditions/evaluate.ts'
import { noHistory } from '../../../shared/conditions/history.ts'
import { assign, type Candidate, inOrder } from '../../../shared/staff/assign.ts'
import { assignRule } from '../../../shared/staff/rules.ts'
import type { CustomerRow } from './rows.ts'

/** The staff of the demo brand: made up, and called by the shop that they stand in. */
export const demoTeams = [
  { id: 'east', name: '华东门店', leader: 'E01' },
  { id: 'north', name: '华北门店', leader: 'N01' },
  { id: 'south', name: '华南门店', leader: 'S01' },
  { id: 'centre', name: '会员中心', leader: 'C01' },
]

const member = (id: string, name: string, team: string, regions: string, ceiling: number | null = null) => ({
  ...{ id, name, team, ceiling, wecom: id },
  regions: regions === '' ? [] : regions.split(' '),
})

export const demoStaff = [
  member('E01', '店长·小陆', 'east', '上海'),
  member('E02', '导购一店·小林', 'east', '上海 苏州 无锡 常州'),
  member('E03', '导购二店·小周', 'east', '杭州 宁波 温州 南京 合肥'),
  member('N01', '店长·小宋', 'north', '北京 天津'),
  member('N02', '导购三店·小高', 'north', '北京 青岛 济南 郑州 西安'),
  member('S01', '店长·小梁', 'south', '深圳 广州'),
  member('S02', '导购四店·小何', 'south', '深圳 佛山 东莞 厦门 福州 长沙'),
  member('C01', '会员顾问·小方', 'centre', '', 800),
  member('C02', '会员顾问·小叶', 'centre', '', 800),
  member('C03', '线上客服·小余', 'centre', '', 2500),
]

export const demoRules = [
  assignRule.parse({
    ...{ id: 'gold', name: '金卡会员归会员顾问' },
    when: { kind: 'attribute', name: 'tier', op: 'eq', value: '金卡' },
    to: { staff: ['C01', 'C02'] },
  }),
  assignRule.parse({ id: 'city', name: '按城市归门店导购', to: { region: 'city' } }),
  assignRule.parse({ id: 'rest', name: '其余归线上客服', to: { team: 'centre', how: 'least' } }),
]

/** Who of the members has whom, by those rules, in the order in which they joined; a few whom nobody has room for are left. */
export function demoOwners(members: readonly CustomerRow[], now: number, zone: string) {
  const staff: Candidate[] = demoStaff.map((one) => ({ ...one, categories: [], present: true }))
  const order = inOrder(staff)
  const counters = { load: new Map<string, number>(), last: new Map<string, string>() }
  const time = { now, zone, enteredAt: null, anchors: {} }
  return members.flatMap((row) => {
    const customer = { ...row, unsubscribed: [], closed: {} }
    const known = {
      ...{ customer, tags: new Set<string>(), audiences: new Set<string>(), events: [] },
      ...{ history: noHistory, entry: {}, picks: null },
    }
    const given = assign(
      demoRules,
      order,
      {
        holds: ({ when }) => when === null || evaluate(when, known, time),
        attribute(name) {
          const value = rawAttributeOf(customer, name)
          return value === null ? null : String(value)
        },
      },
      counters,
    )
    return given === null ? [] : [{ customerId: row.id, ...given }]
  })
}

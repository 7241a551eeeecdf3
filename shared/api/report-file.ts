import { z } from 'zod'
import { minorUnits } from '../money.ts'
import { type Locale, type LocalText, say } from '../text.ts'
import { decimalOfMilli, fileLanguage } from './message-file.ts'
import type { ReportAnswer } from './messages.ts'

/** GET /export/reports/journeys/:id.csv?language= */
export const reportFileQuery = z.object({ language: fileLanguage })

const words = {
  part: { 'zh-CN': '部分', en: 'Part' },
  of: { 'zh-CN': '项目', en: 'Of' },
  figure: { 'zh-CN': '指标', en: 'Figure' },
  value: { 'zh-CN': '数值', en: 'Value' },
  journey: { 'zh-CN': '旅程', en: 'Journey' },
  goal: { 'zh-CN': '目标', en: 'Goal' },
  day: { 'zh-CN': '按天', en: 'Day' },
  channel: { 'zh-CN': '渠道', en: 'Channel' },
  ending: { 'zh-CN': '结局', en: 'Ending' },
  entered: { 'zh-CN': '进入人数', en: 'Entered' },
  ended: { 'zh-CN': '结束人数', en: 'Ended' },
  sent: { 'zh-CN': '发出消息', en: 'Messages sent' },
  cost: { 'zh-CN': '费用', en: 'Cost' },
  members: { 'zh-CN': '人数', en: 'Members' },
  converted: { 'zh-CN': '达成人数', en: 'Converted' },
  rate: { 'zh-CN': '达成率', en: 'Rate' },
  worth: { 'zh-CN': '达成金额', en: 'Value brought' },
  treated: { 'zh-CN': '触达组', en: 'treated' },
  control: { 'zh-CN': '对照组', en: 'control group' },
  uplift: { 'zh-CN': '提升', en: 'Uplift' },
  low: { 'zh-CN': '提升 95% 下限', en: 'Uplift, 95% low' },
  high: { 'zh-CN': '提升 95% 上限', en: 'Uplift, 95% high' },
  pValue: { 'zh-CN': 'p 值', en: 'p value' },
  delivered: { 'zh-CN': '送达', en: 'Delivered' },
  opened: { 'zh-CN': '打开', en: 'Opened' },
  clicked: { 'zh-CN': '点击', en: 'Clicked' },
  failed: { 'zh-CN': '失败', en: 'Failed' },
  unknown: { 'zh-CN': '结果未知', en: 'Unknown' },
} as const satisfies Record<string, LocalText>
type Word = keyof typeof words

/** A journey's report as lines of part, item, figure and value, of which a spreadsheet makes any table; the head first. */
export function reportFile(report: ReportAnswer, locale: Locale): string[][] {
  const word = (one: Word) => words[one][locale]
  const line = (part: Word, of: string, figure: Word, value: string | number) => [
    ...[word(part), of, word(figure), String(value)],
  ]
  const money = (minor: number) => String(minor / minorUnits(report.currency))
  const name = say(report.name, locale)
  const goals = report.goals.flatMap((goal) => {
    const arms = (['treated', 'control'] as const).flatMap((arm) => {
      const of = `${say(goal.name, locale)} (${word(arm)})`
      const { members, converted, value, rate } = goal[arm]
      return [
        line('goal', of, 'members', members),
        line('goal', of, 'converted', converted),
        line('goal', of, 'rate', rate),
        line('goal', of, 'worth', money(value)),
      ]
    })
    const { uplift } = goal
    if (uplift === null) return arms
    const of = say(goal.name, locale)
    return [
      ...arms,
      line('goal', of, 'uplift', uplift.difference),
      line('goal', of, 'low', uplift.low),
      line('goal', of, 'high', uplift.high),
      line('goal', of, 'pValue', uplift.pValue),
    ]
  })
  return [
    [word('part'), word('of'), word('figure'), word('value')],
    line('journey', name, 'entered', report.entered),
    line('journey', name, 'ended', report.ended),
    line('journey', name, 'sent', report.sent),
    line('journey', name, 'cost', decimalOfMilli(report.costMilli)),
    ...goals,
    ...report.byDay.flatMap(({ date, entered, sent, converted }) => [
      line('day', date, 'entered', entered),
      line('day', date, 'sent', sent),
      line('day', date, 'converted', converted),
    ]),
    ...report.byChannel.flatMap(({ channel, costMilli, ...counts }) => [
      line('channel', channel, 'sent', counts.sent),
      line('channel', channel, 'delivered', counts.delivered),
      line('channel', channel, 'opened', counts.opened),
      line('channel', channel, 'clicked', counts.clicked),
      line('channel', channel, 'failed', counts.failed),
      line('channel', channel, 'unknown', counts.unknown),
      line('channel', channel, 'cost', decimalOfMilli(costMilli)),
    ]),
    ...Object.entries(report.endings).map(([ending, count]) => line('ending', ending, 'members', count)),
  ]
}

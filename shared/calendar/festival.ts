import { z } from 'zod'
import { Problem } from '../errors/index.ts'
import type { LocalText } from '../text.ts'

/** How a festival's date is found in a year. Weekdays are ISO (Sunday 7). */
export type FestivalRule =
  | { kind: 'lunar'; month: number; day: number }
  | { kind: 'solar'; month: number; day: number }
  /** The nth such weekday of a month. */
  | { kind: 'weekday'; month: number; weekday: number; nth: number }
  /** tyme4ts counts the terms from the winter solstice before the year: 1 is 小寒, 24 the next 冬至. */
  | { kind: 'term'; index: number }

interface FestivalEntry {
  zh: string
  en: string
  rule: FestivalRule
}

const lunar = (zh: string, en: string, month: number, day: number): FestivalEntry => ({
  zh,
  en,
  rule: { kind: 'lunar', month, day },
})
const solar = (zh: string, en: string, month: number, day: number): FestivalEntry => ({
  zh,
  en,
  rule: { kind: 'solar', month, day },
})
const nth = (zh: string, en: string, month: number, weekday: number, count: number): FestivalEntry => ({
  zh,
  en,
  rule: { kind: 'weekday', month, weekday, nth: count },
})
const term = (zh: string, en: string, index: number): FestivalEntry => ({
  zh,
  en,
  rule: { kind: 'term', index },
})

/** The one list: to add a festival, add a line. Qingming is both a festival and a solar term. */
const table = {
  spring_festival: lunar('春节', 'Spring Festival', 1, 1),
  lantern: lunar('元宵节', 'Lantern Festival', 1, 15),
  qingming: term('清明节', 'Qingming Festival', 7),
  dragon_boat: lunar('端午节', 'Dragon Boat Festival', 5, 5),
  qixi: lunar('七夕', 'Qixi', 7, 7),
  mid_autumn: lunar('中秋节', 'Mid-Autumn Festival', 8, 15),
  double_ninth: lunar('重阳节', 'Double Ninth Festival', 9, 9),
  laba: lunar('腊八节', 'Laba Festival', 12, 8),
  new_year: solar('元旦', "New Year's Day", 1, 1),
  valentine: solar('情人节', "Valentine's Day", 2, 14),
  womens_day: solar('妇女节', "Women's Day", 3, 8),
  labour_day: solar('劳动节', 'Labour Day', 5, 1),
  may_20: solar('520', '520 Day', 5, 20),
  mothers_day: nth('母亲节', "Mother's Day", 5, 7, 2),
  childrens_day: solar('儿童节', "Children's Day", 6, 1),
  june_18: solar('618', '618 Shopping Festival', 6, 18),
  fathers_day: nth('父亲节', "Father's Day", 6, 7, 3),
  national_day: solar('国庆节', 'National Day', 10, 1),
  double_eleven: solar('双十一', 'Double Eleven', 11, 11),
  double_twelve: solar('双十二', 'Double Twelve', 12, 12),
  christmas: solar('圣诞节', 'Christmas', 12, 25),
  thanksgiving: nth('感恩节', 'Thanksgiving', 11, 4, 4),
  xiaohan: term('小寒', 'Minor Cold', 1),
  dahan: term('大寒', 'Major Cold', 2),
  lichun: term('立春', 'Start of Spring', 3),
  yushui: term('雨水', 'Rain Water', 4),
  jingzhe: term('惊蛰', 'Awakening of Insects', 5),
  chunfen: term('春分', 'Spring Equinox', 6),
  guyu: term('谷雨', 'Grain Rain', 8),
  lixia: term('立夏', 'Start of Summer', 9),
  xiaoman: term('小满', 'Grain Buds', 10),
  mangzhong: term('芒种', 'Grain in Ear', 11),
  xiazhi: term('夏至', 'Summer Solstice', 12),
  xiaoshu: term('小暑', 'Minor Heat', 13),
  dashu: term('大暑', 'Major Heat', 14),
  liqiu: term('立秋', 'Start of Autumn', 15),
  chushu: term('处暑', 'End of Heat', 16),
  bailu: term('白露', 'White Dew', 17),
  qiufen: term('秋分', 'Autumn Equinox', 18),
  hanlu: term('寒露', 'Cold Dew', 19),
  shuangjiang: term('霜降', "Frost's Descent", 20),
  lidong: term('立冬', 'Start of Winter', 21),
  xiaoxue: term('小雪', 'Minor Snow', 22),
  daxue: term('大雪', 'Major Snow', 23),
  dongzhi: term('冬至', 'Winter Solstice', 24),
} as const satisfies Record<string, FestivalEntry>

export type FestivalId = keyof typeof table

function isFestivalId(id: string): id is FestivalId {
  return Object.hasOwn(table, id)
}

export const festivalIds: readonly FestivalId[] = Object.keys(table).filter(isFestivalId)

/** A festival's id, as a schema. */
export const festivalId = z.enum(festivalIds)

export interface Festival {
  id: FestivalId
  name: LocalText
}

/** Every festival and solar term that a journey can refer to. */
export const festivals: readonly Festival[] = festivalIds.map((id) => ({
  id,
  name: { 'zh-CN': table[id].zh, en: table[id].en },
}))

/** A festival's name in both languages; Problem `unknown-festival`. */
export function festivalName(id: FestivalId): LocalText {
  const { zh, en } = entryOf(id)
  return { 'zh-CN': zh, en }
}

/** How a festival's date is found; Problem `unknown-festival`. */
export function festivalRule(id: FestivalId): FestivalRule {
  return entryOf(id).rule
}

function entryOf(id: string): FestivalEntry {
  if (!isFestivalId(id)) throw new Problem('unknown-festival', { festival: id })
  return table[id]
}

import type { ErrorEntry } from './entry.ts'

/** Dates, times, zones and festivals that cannot be read. */
export const calendar = {
  'unknown-zone': {
    status: 400,
    message: { 'zh-CN': '没有“{zone}”这个时区', en: 'There is no time zone “{zone}”' },
    mend: { 'zh-CN': '用 IANA 时区名，例如 Asia/Shanghai', en: 'Use an IANA name such as Asia/Shanghai' },
  },
  'invalid-date': {
    status: 400,
    message: { 'zh-CN': '“{date}”不是一个日期', en: '“{date}” is not a calendar date' },
    mend: { 'zh-CN': '写成 2026-08-19 的样子', en: 'Write it like 2026-08-19' },
  },
  'invalid-time': {
    status: 400,
    message: { 'zh-CN': '“{time}”不是一个时刻', en: '“{time}” is not a time of day' },
    mend: { 'zh-CN': '写成 09:30 的样子，从 00:00 到 23:59', en: 'Write it like 09:30, from 00:00 to 23:59' },
  },
  'time-out-of-range': {
    status: 400,
    message: {
      'zh-CN': '时间 {value} 超出了公元 1 年到 9999 年',
      en: 'The time {value} is outside the years 1 to 9999',
    },
    mend: { 'zh-CN': '换一个更近的时间', en: 'Use a nearer time' },
  },
  'invalid-span': {
    status: 400,
    message: { 'zh-CN': '时长 {amount} 不是整数', en: 'The length {amount} is not a whole number' },
    mend: { 'zh-CN': '写成整数，或换更小的单位', en: 'Use a whole number, or a smaller unit' },
  },
  'unknown-festival': {
    status: 400,
    message: { 'zh-CN': '没有“{festival}”这个节日', en: 'There is no festival “{festival}”' },
    mend: { 'zh-CN': '从节日列表里选一个', en: 'Pick one from the list of festivals' },
  },
  'festival-out-of-range': {
    status: 400,
    message: {
      'zh-CN': '{date} 附近的节日日期没有可靠的历书',
      en: 'No reliable almanac gives festivals near {date}',
    },
    mend: { 'zh-CN': '用 1902 年到 2100 年之间的日期', en: 'Use a date from 1902 to 2100' },
  },
  'invalid-window': {
    status: 400,
    message: { 'zh-CN': '时间窗不成立：{detail}', en: 'The time window is not valid: {detail}' },
    mend: { 'zh-CN': '至少选一天，并让起止时刻不同', en: 'Pick at least one day and two different times' },
  },
  'invalid-cron': {
    status: 400,
    message: { 'zh-CN': '“{expr}”不是 cron 表达式', en: '“{expr}” is not a cron expression' },
    mend: {
      'zh-CN': '写五段：分 时 日 月 星期，例如 0 10 * * 1',
      en: 'Write five fields: minute hour day month weekday, such as 0 10 * * 1',
    },
  },
} as const satisfies Record<string, ErrorEntry>

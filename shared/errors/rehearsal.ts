import type { ErrorEntry } from './entry.ts'

/** Rehearsals. */
export const rehearsal = {
  'rehearsals-busy': {
    status: 503,
    message: { 'zh-CN': '正在彩排的旅程太多了', en: 'Too many rehearsals are running' },
    mend: { 'zh-CN': '等一次彩排结束，或取消它', en: 'Wait until one has ended, or cancel it' },
  },
  'rehearsal-cancelled': {
    status: 409,
    message: { 'zh-CN': '彩排已停止', en: 'The rehearsal was stopped' },
    mend: { 'zh-CN': '需要时重新开始', en: 'Start it again when you need it' },
  },
} as const satisfies Record<string, ErrorEntry>

import type { WrittenText } from '../../text.ts'
import type { taskKinds } from './task.ts'

interface Result {
  readonly id: string
  readonly name: WrittenText
}

/** What may come of a call; a task of a journey begins with these too. */
export const callResults = [
  { id: 'reached', name: { 'zh-CN': '已联系', en: 'Reached' } },
  { id: 'not_reached', name: { 'zh-CN': '未接通', en: 'Not reached' } },
  { id: 'refused', name: { 'zh-CN': '拒绝', en: 'Refused' } },
] as const satisfies readonly Result[]

/** What may come of a task that somebody gives by hand, by what is to be done. */
export const resultsByHand = {
  call: callResults,
  visit: [
    { id: 'met', name: { 'zh-CN': '已见到', en: 'Met' } },
    { id: 'not_met', name: { 'zh-CN': '没见到', en: 'Not met' } },
    { id: 'refused', name: { 'zh-CN': '拒绝', en: 'Refused' } },
  ],
  message: [
    { id: 'written', name: { 'zh-CN': '已发送', en: 'Written' } },
    { id: 'not_written', name: { 'zh-CN': '没法发', en: 'Could not write' } },
  ],
  decide: [
    { id: 'yes', name: { 'zh-CN': '同意', en: 'Yes' } },
    { id: 'no', name: { 'zh-CN': '不同意', en: 'No' } },
  ],
  other: [
    { id: 'done', name: { 'zh-CN': '已办好', en: 'Done' } },
    { id: 'not_done', name: { 'zh-CN': '没办成', en: 'Not done' } },
  ],
} as const satisfies Readonly<Record<(typeof taskKinds)[number], readonly Result[]>>

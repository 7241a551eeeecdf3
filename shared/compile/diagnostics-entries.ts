import type { DiagnosticEntry } from './diagnostics.ts'

/** What is wrong with how customers come in by way of another journey. */
export const entryDiagnostics = {
  'journey-unchosen': {
    severity: 'error',
    message: {
      'zh-CN': '还没有选择跟随哪段旅程',
      en: 'No journey has been chosen to follow',
    },
    mend: { 'zh-CN': '打开入口，选一段旅程', en: 'Open the trigger and choose a journey' },
  },
  'journey-missing': {
    severity: 'error',
    message: {
      'zh-CN': '没有旅程「{journey}」，没有人会从那里进来',
      en: 'There is no journey “{journey}”, so nobody comes in from it',
    },
    mend: { 'zh-CN': '打开入口，换一段已有的旅程', en: 'Open the trigger and choose a journey that exists' },
  },
  'journey-circle': {
    severity: 'error',
    message: {
      'zh-CN': '旅程一个接一个绕成了圈：{circle}，中间没有必定耗时的等待，同一位客户会一直转下去',
      en: 'Journeys follow each other in a circle, {circle}, and no wait on it surely takes time: a customer would go round for ever',
    },
    mend: {
      'zh-CN': '在圈里的一段旅程中、通往结束的每条路上加一个等待（如一天），或去掉其中一个入口',
      en: 'Put a wait (a day, say) on every way to the end of one of these journeys, or take one of the triggers away',
    },
  },
  'ending-missing': {
    severity: 'warning',
    message: {
      'zh-CN': '旅程「{journey}」没有叫「{ending}」的结局，没有人会这样离开',
      en: 'Journey “{journey}” has no way out called “{ending}”, so nobody leaves it so',
    },
    mend: { 'zh-CN': '打开入口，重新选择结局', en: 'Open the trigger and choose the ways out anew' },
  },
} as const satisfies Readonly<Record<string, DiagnosticEntry>>

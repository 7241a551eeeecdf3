/** What people are waited for, and how much of it. */
export const waitLimits = {
  eventsWaitedFor: {
    value: 9,
    unit: 'entries',
    what: {
      'zh-CN': '一个等待节点里，第一个以外再等的行为',
      en: 'The events that one wait listens for beside its first',
    },
  },
  decisionButtons: {
    value: 4,
    unit: 'entries',
    what: { 'zh-CN': '一项任务的按钮', en: 'The buttons of a task' },
  },
  taskTitleLength: {
    value: 200,
    unit: 'characters',
    what: { 'zh-CN': '任务的标题', en: 'The title of a task' },
  },
  taskNoteLength: {
    value: 1000,
    unit: 'characters',
    what: { 'zh-CN': '决定任务时写的备注', en: 'The note to the decision of a task' },
  },
} as const

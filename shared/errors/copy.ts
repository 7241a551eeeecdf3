import type { ErrorEntry } from './entry.ts'

/** The analytical copy: what keeps it from answering. The data itself is not concerned. */
export const copy = {
  'copy-building': {
    status: 503,
    message: {
      'zh-CN': '正在为整个客户库建立分析副本，大约 {of} 行里已经抄了 {rows} 行',
      en: 'The analytical copy of all customers is being made; {rows} of about {of} rows are in it so far',
    },
    mend: {
      'zh-CN': '稍等片刻再算，之后就快了；旅程和消息不受影响',
      en: 'Count again in a little while, after which it is quick; journeys and messages go on meanwhile',
    },
  },
  'copy-no-room': {
    status: 503,
    message: {
      'zh-CN': '磁盘剩下的空间不够放分析副本，暂时算不了人数；数据没有受影响',
      en: 'The disk has too little room left for the analytical copy, so that nothing can be counted; the data is not affected',
    },
    mend: {
      'zh-CN': '在数据文件夹所在的磁盘上腾出空间，再算一次就会接着建立',
      en: 'Make room on the disk of the data folder; the next count goes on with it',
    },
  },
  'copy-failed': {
    status: 503,
    message: {
      'zh-CN': '分析副本这次没有回答：{detail}；数据没有受影响',
      en: 'The analytical copy did not answer: {detail}; the data is not affected',
    },
    mend: {
      'zh-CN': '再试一次；一直如此时，用 npm run -s magpie -- copy --data 数据文件夹 重新建立',
      en: 'Try again; if it goes on, make it anew: npm run -s magpie -- copy --data DIR',
    },
  },
} as const satisfies Record<string, ErrorEntry>

import type { ErrorEntry } from './entry.ts'

/** What a sandbox alone has. */
export const sandbox = {
  'clock-moving': {
    status: 409,
    message: { 'zh-CN': '沙盒时钟正在前进', en: 'The sandbox clock is already on its way' },
    mend: { 'zh-CN': '等它走到再试', en: 'Wait until it has arrived' },
  },
  'clock-real': {
    status: 409,
    message: { 'zh-CN': '正式运行的品牌用真实时间', en: 'A live brand runs on the real time' },
    mend: { 'zh-CN': '要试走时间，请用演示品牌', en: 'To move time, use the demo brand' },
  },
  'sandbox-only': {
    status: 409,
    message: {
      'zh-CN': '只有在沙盒里才能替员工点发送',
      en: 'Send is pressed for an employee in a sandbox alone',
    },
    mend: {
      'zh-CN': '请员工在企业微信里点发送，也可以提醒他',
      en: 'Let the employee press send in WeCom, or remind them',
    },
  },
  'clock-target': {
    status: 422,
    message: {
      'zh-CN': '沙盒时钟只能前进，一次最多 {days} 天',
      en: 'The sandbox clock only moves forward, by at most {days} days at once',
    },
    mend: {
      'zh-CN': '选一个近些的、还没到的时间；只有还没发布过旅程的品牌，时钟才能往回设',
      en: 'Pick a nearer time yet to come; a clock goes back only where no journey was published yet',
    },
  },
  'nothing-due': {
    status: 409,
    message: { 'zh-CN': '没有到期的事情', en: 'Nothing is due' },
    mend: { 'zh-CN': '先发布旅程，或按小时、按天前进', en: 'Publish a journey, or move by an hour or a day' },
  },
} as const satisfies Record<string, ErrorEntry>

import type { CodeTable, CodeWords } from './code.ts'

const busy: CodeWords = {
  means: { 'zh-CN': '企业微信一分钟内被调用太多次', en: 'WeCom was called too often in a minute' },
  mend: { 'zh-CN': '不用处理，会自动再试；或调低速率', en: 'Nothing: it is tried again; or lower the rate' },
}
const secret: CodeWords = {
  means: { 'zh-CN': '企业 ID 或 Secret 不对', en: 'The corp id or the secret does not fit' },
  mend: {
    'zh-CN': '在企业微信后台核对，填到「设置 → 渠道 → 企业微信」',
    en: 'Compare with WeCom’s console, and enter them under Settings → Channels → WeCom',
  },
}
const right: CodeWords = {
  means: { 'zh-CN': '这个应用没有客户联系的权限', en: 'The app may not use customer contact' },
  mend: {
    'zh-CN': '在「客户联系 · API」把应用加入「可调用接口的应用」',
    en: 'Add it to “Callable apps” under Customer contact · API',
  },
}
const late: CodeWords = {
  means: {
    'zh-CN': '加好友超过 20 秒，欢迎语不能再发',
    en: 'More than 20 seconds had passed since the friend was added',
  },
  mend: {
    'zh-CN': '欢迎语放在触发之后，中间不要等待',
    en: 'Put the greeting right behind the trigger, with no wait between',
  },
}
const taken: CodeWords = {
  means: {
    'zh-CN': '其他应用已发过欢迎语，或客户已开始聊天',
    en: 'Another app has greeted them, or they had begun to talk',
  },
  mend: {
    'zh-CN': '在企业微信后台只留一处欢迎语',
    en: 'Leave one place alone in WeCom that greets new friends',
  },
}
const unsure: CodeWords = {
  means: {
    'zh-CN': '不能确定第一次有没有发出，没有再发',
    en: 'Nobody knows whether the first attempt was sent; it was not tried again',
  },
  mend: { 'zh-CN': '看员工的聊天记录', en: 'Look into the employee’s talk with them' },
}

const picture: CodeWords = {
  means: { 'zh-CN': '图片取不到，或不是图片', en: 'A picture could not be fetched, or is none' },
  mend: {
    'zh-CN': '换成素材库里的图片；外部地址要能从服务器打开',
    en: 'Use a picture of the asset store; an address elsewhere has to open from this server',
  },
}
/** What WeCom answers: https://developer.work.weixin.qq.com/document/path/90313; and what we say of greetings. */
export const wecomCodes = {
  'wecom-40001': secret,
  'wecom-40013': secret,
  'wecom-40091': secret,
  'wecom-45031': secret,
  'wecom-48001': right,
  'wecom-48002': right,
  'wecom-45009': busy,
  'wecom-45033': busy,
  'wecom-41050': late,
  'wecom-greeting-late': late,
  'wecom-no-code': late,
  'wecom-41051': taken,
  'wecom-41096': unsure,
  'wecom-greeting-unsure': unsure,
  'wecom-picture': picture,
  'wecom-40004': picture,
  'wecom-40009': picture,
  'wecom-60020': {
    means: {
      'zh-CN': '本服务器的 IP 不在应用的可信 IP 里',
      en: 'This server’s address is not among those that the app trusts',
    },
    mend: { 'zh-CN': '在应用的「企业可信 IP」里加上它', en: 'Add it to the app’s trusted IPs' },
  },
} as const satisfies CodeTable

import type { ErrorEntry } from './entry.ts'

/** What providers send us, and channels that are not there. */
export const channels = {
  'signature-invalid': {
    status: 401,
    message: { 'zh-CN': '请求的签名不对', en: 'The signature of the request is not right' },
    mend: {
      'zh-CN': '请核对双方的密钥，并用收到的原文签名',
      en: 'Compare the secret on both sides, and sign the body exactly as it is sent',
    },
  },
  'signature-expired': {
    status: 401,
    message: {
      'zh-CN': '签名的时间和服务器相差太久',
      en: 'The time of the signature is too far from the server’s',
    },
    mend: {
      'zh-CN': '请校准双方的时钟，每次发送时重新签名',
      en: 'Set both clocks right, and sign anew each time you send',
    },
  },
  'test-address': {
    status: 422,
    message: { 'zh-CN': '渠道 {channel} 发不到 {to}', en: 'The channel {channel} cannot write to {to}' },
    mend: {
      'zh-CN': '短信填手机号，邮件填邮箱，Webhook 填网址，站内消息填客户编号',
      en: 'Give a phone for an SMS, a mailbox for an e-mail, a URL for a webhook, a customer’s id in the app',
    },
  },
  'channel-absent': {
    status: 409,
    message: { 'zh-CN': '渠道 {channel} 还没有设置', en: 'The channel {channel} is not set up' },
    mend: { 'zh-CN': '在设置里填写这个渠道', en: 'Set the channel up in the settings' },
  },
} as const satisfies Record<string, ErrorEntry>

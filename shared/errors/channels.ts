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
  'wecom-task-over': {
    status: 409,
    message: {
      'zh-CN': '这个群发任务已经结束，或企业微信还没有收下',
      en: 'This broadcast is over, or WeCom has not taken it yet',
    },
    mend: { 'zh-CN': '刷新列表，看它现在的状态', en: 'Load the list again and see how it stands' },
  },
  'wecom-reminded': {
    status: 409,
    message: {
      'zh-CN': '24 小时内已经提醒过 {most} 次，企业微信不再接受',
      en: 'The employee was reminded {most} times within a day; WeCom takes no more',
    },
    mend: { 'zh-CN': '明天再提醒，或直接联系这位员工', en: 'Remind them tomorrow, or call them' },
  },
  'wecom-source-taken': {
    status: 409,
    message: {
      'zh-CN': '来源 {source} 已经是活码「{name}」的',
      en: 'The source {source} is that of the contact code “{name}”',
    },
    mend: {
      'zh-CN': '换一个来源，好友才分得清从哪里来',
      en: 'Choose another, so that friends can be told apart by it',
    },
  },
  'wecom-tag-bound': {
    status: 409,
    message: {
      'zh-CN': '标签「{tag}」已经和企业微信的「{name}」绑定',
      en: 'The tag “{tag}” is bound to “{name}” in WeCom',
    },
    mend: { 'zh-CN': '先解绑，再重新绑定', en: 'Unbind it first' },
  },
  'wecom-silent': {
    status: 502,
    message: {
      'zh-CN': '企业微信没有回答，不能确定它有没有收下',
      en: 'WeCom has not answered; nobody knows whether it took this',
    },
    mend: {
      'zh-CN': '过一会儿再试：会先去企业微信核对，不会做两次',
      en: 'Try again in a while: WeCom is asked first, so that nothing is done twice',
    },
  },
  'wecom-refused': {
    status: 502,
    message: { 'zh-CN': '企业微信没有接受：{detail}', en: 'WeCom did not take it: {detail}' },
    mend: {
      'zh-CN': '按上面的原话处理；如果是权限或密钥的问题，到「设置 · 渠道」里检查',
      en: 'Do what its words say; where rights or keys are meant, check them under Settings · Channels',
    },
  },
} as const satisfies Record<string, ErrorEntry>

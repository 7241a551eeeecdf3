import type { ErrorEntry } from './entry.ts'

/**
 * Why a text message would not be taken by a provider that has templates registered: told by the check where it is
 * certain, else for the customer whom it concerns.
 */
export const sms = {
  'sms-template-needed': {
    status: 422,
    message: {
      'zh-CN': '短信服务商只收已报备的模板，不收自由文字',
      en: 'The SMS provider takes registered templates alone, and no free text',
    },
    mend: {
      'zh-CN': '为这个节点选一个模板；列表是空的就到“设置 › 渠道”里同步',
      en: 'Choose a template for this node; if there is none, synchronise them in the settings of channels',
    },
  },
  'sms-template-unknown': {
    status: 422,
    message: { 'zh-CN': '没有模板「{template}」', en: 'There is no template “{template}”' },
    mend: {
      'zh-CN': '到“设置 › 渠道”里同步模板，或另选一个',
      en: 'Synchronise the templates in the settings of channels, or choose another',
    },
  },
  'sms-template-unapproved': {
    status: 422,
    message: {
      'zh-CN': '模板「{template}」还没有通过审核',
      en: 'The template “{template}” is not approved',
    },
    mend: {
      'zh-CN': '等服务商审核通过后再同步一次，或另选一个模板',
      en: 'Wait until the provider approves it and synchronise, or choose another template',
    },
  },
  'sms-template-kind': {
    status: 422,
    message: {
      'zh-CN': '营销短信不能用「{template}」，它不是推广模板',
      en: 'Marketing may not leave by “{template}”, which is no marketing template',
    },
    mend: {
      'zh-CN': '选一个推广模板；如果是服务短信，把“用途”改成服务',
      en: 'Choose a marketing template, or make the message a service message if it is one',
    },
  },
  'sms-template-no-opt-out': {
    status: 422,
    message: {
      'zh-CN': '推广模板「{template}」结尾没有退订说明',
      en: 'The marketing template “{template}” does not end by saying how to refuse',
    },
    mend: {
      'zh-CN': '在服务商那里把“拒收请回复R”写进模板再送审',
      en: 'End the template by saying how to refuse, as operators ask, and have it reviewed again',
    },
  },
  'sms-signature-unregistered': {
    status: 422,
    message: {
      'zh-CN': '签名【{signature}】没有在服务商那里报备通过',
      en: 'The signature 【{signature}】 is not approved by the provider',
    },
    mend: {
      'zh-CN': '在品牌设置里改成已通过的签名：{known}',
      en: 'Choose an approved signature in the settings of the brand: {known}',
    },
  },
  'sms-variable-missing': {
    status: 422,
    message: {
      'zh-CN': '模板的变量“{variable}”没有填',
      en: 'The template’s variable “{variable}” has no text',
    },
    mend: { 'zh-CN': '给它写上文字或客户的字段', en: 'Give it words, or a field of the customer' },
  },
  'sms-variable-unknown': {
    status: 422,
    message: {
      'zh-CN': '模板里没有变量“{variable}”',
      en: 'The template has no variable “{variable}”',
    },
    mend: { 'zh-CN': '去掉它；模板可能改过', en: 'Take it away; the template may have changed' },
  },
  'sms-variable-long': {
    status: 422,
    message: {
      'zh-CN': '变量“{variable}”有 {length} 个字，这类模板最多 {most} 个字',
      en: 'The variable “{variable}” has {length} characters; such a template allows {most}',
    },
    mend: {
      'zh-CN': '写短一些，例如用 | truncate: {most}；固定的话写进模板',
      en: 'Make it shorter, as with | truncate: {most}, or put what never changes into the template',
    },
  },
  'sms-variable-short': {
    status: 422,
    message: {
      'zh-CN': '变量“{variable}”有 {length} 个字，这类模板至少 {least} 个字',
      en: 'The variable “{variable}” has {length} characters; such a template wants at least {least}',
    },
    mend: { 'zh-CN': '写长一些，或换一个模板', en: 'Make it longer, or choose another template' },
  },
  'sms-variable-digits': {
    status: 422,
    message: {
      'zh-CN': '变量“{variable}”只能是数字',
      en: 'The variable “{variable}” may be figures alone',
    },
    mend: { 'zh-CN': '只填数字，或换一个模板', en: 'Give it figures, or choose another template' },
  },
  'sms-variable-link': {
    status: 422,
    message: {
      'zh-CN': '变量“{variable}”里有链接，服务商会拒收',
      en: 'The variable “{variable}” holds a link, which the provider refuses',
    },
    mend: {
      'zh-CN': '把网址的固定部分写进模板，变量里只放最后的编号',
      en: 'Put the fixed part of the address into the template, and only the code at its end into the variable',
    },
  },
  'sms-not-polished': {
    status: 422,
    message: {
      'zh-CN': '这里只能发报备过的模板，AI 改写过的文字会被拒收',
      en: 'Only registered templates may be sent here; words polished by a model would be refused',
    },
    mend: { 'zh-CN': '关掉 AI 润色', en: 'Switch the polishing off' },
  },
  'sms-free-text': {
    status: 409,
    message: {
      'zh-CN': '现在的短信服务商不用报备模板',
      en: 'The SMS provider that is chosen registers no templates',
    },
    mend: {
      'zh-CN': '先在短信渠道里选择阿里云或腾讯云并保存',
      en: 'Choose Aliyun or Tencent Cloud in the settings of SMS and save them first',
    },
  },
  'sms-register-unread': {
    status: 502,
    message: {
      'zh-CN': '读不到服务商的模板和签名：{detail}',
      en: 'The provider’s templates and signatures could not be read: {detail}',
    },
    mend: {
      'zh-CN': '核对密钥和它的权限；个人认证的账号不能用接口查询，可以手工填写模板',
      en: 'Look at the keys and what they may do; accounts of private persons cannot ask, so type the templates by hand',
    },
  },
} as const satisfies Record<string, ErrorEntry>

import type { LocalText } from '../../text.ts'
import type { SmsProvider } from './providers.ts'

/**
 * Whom a provider's answer is about. `number`: there is no such number, and the address is closed. `message`: this one,
 * for good. `later`: this one, for now. `login`, `account`: nothing is taken until a person has mended it. `busy`:
 * nothing is taken for a while. `unknown`: it may have been taken.
 */
export type SmsFaultKind = 'number' | 'message' | 'later' | 'login' | 'account' | 'busy' | 'unknown'

export interface SmsFault {
  /** The provider's code, or how such codes begin where it ends in a dot. */
  readonly code: string
  readonly kind: SmsFaultKind
  readonly message: LocalText
  readonly mend: LocalText
  /** How long to leave it alone (ms). */
  readonly afterMs?: number
}

const minute = 60_000
const hour = 3_600_000

const faulty = (
  code: string,
  kind: SmsFaultKind,
  [zh, en]: readonly [string, string],
  [mendZh, mendEn]: readonly [string, string],
  afterMs?: number,
): SmsFault => ({
  code,
  kind,
  message: { 'zh-CN': zh, en },
  mend: { 'zh-CN': mendZh, en: mendEn },
  ...(afterMs === undefined ? {} : { afterMs }),
})

const topUp = [
  '到服务商的控制台充值或购买套餐包，然后点“立即重试”',
  'Top the account up in the provider’s console, then let the channel try again',
] as const
const keys = [
  '在设置里重新填写密钥，并给它短信的权限',
  'Enter the keys anew in the settings, and allow them to send messages',
] as const
const sign = [
  '在服务商的控制台核对签名已通过审核，并与品牌设置里的签名一字不差',
  'See in the provider’s console that the signature is approved, and that the brand’s is the same to the letter',
] as const
const template = [
  '到设置里同步模板，检查它的状态和变量，再发布旅程',
  'Synchronise the templates in the settings, look at its state and variables, and publish the journey anew',
] as const
const number = ['更正客户资料里的手机号', 'Correct the number in the customer’s data'] as const
const rarely = [
  '对同一号码少发一些；频率可以在服务商的控制台调整',
  'Send less to one number; its rate can be set in the provider’s console',
] as const
const wait = ['不用处理，稍后会自动再试', 'Nothing to do: it is tried again'] as const
const words = [
  '改掉变量里的内容，或把固定的部分写进模板再送审',
  'Change what the variables say, or put what never changes into the template and have it reviewed',
] as const

/** Errors of SendSms: help.aliyun.com/document_detail/101346 and error-center.aliyun.com. */
const aliyun: readonly SmsFault[] = [
  faulty('isv.MOBILE_NUMBER_ILLEGAL', 'number', ['手机号不对', 'The number is none'], number),
  faulty('isv.MOBILE_COUNT_OVER_LIMIT', 'message', ['号码太多', 'Too many numbers'], number),
  faulty(
    'isv.BUSINESS_LIMIT_CONTROL',
    'later',
    ['这个号码收到的太多了', 'This number has had too many'],
    rarely,
    hour,
  ),
  faulty(
    'isv.DAY_LIMIT_CONTROL',
    'busy',
    ['到了今天的发送上限', 'Today’s ceiling is reached'],
    [
      '在阿里云控制台的安全设置里提高日发送量，或等到明天',
      'Raise the daily ceiling in Aliyun’s security settings, or wait until tomorrow',
    ],
    hour,
  ),
  faulty(
    'isv.MONTH_LIMIT_CONTROL',
    'account',
    ['到了本月的发送上限', 'This month’s ceiling is reached'],
    ['在阿里云控制台的安全设置里提高月发送量', 'Raise the monthly ceiling in Aliyun’s security settings'],
  ),
  faulty('isv.OUT_OF_SERVICE', 'account', ['账户欠费停机', 'The account is out of money'], topUp),
  faulty('isv.AMOUNT_NOT_ENOUGH', 'account', ['账户余额不足', 'The balance is too small'], topUp),
  faulty(
    'isv.PRODUCT_UN_SUBSCRIPT',
    'account',
    ['还没有开通短信服务', 'Text messages are not activated'],
    topUp,
  ),
  faulty(
    'isv.PRODUCT_UNSUBSCRIBE',
    'account',
    ['还没有开通短信服务', 'Text messages are not activated'],
    topUp,
  ),
  faulty('isv.ACCOUNT_NOT_EXISTS', 'login', ['账户不存在', 'There is no such account'], keys),
  faulty('isv.ACCOUNT_ABNORMAL', 'account', ['账户异常', 'Something is wrong with the account'], topUp),
  faulty('isp.RAM_PERMISSION_DENY', 'login', ['密钥没有短信的权限', 'The key may not send'], keys),
  faulty(
    'isv.DENY_IP_RANGE',
    'login',
    ['服务器所在的地区不允许调用', 'Not from where this server is'],
    [
      '让服务器在中国内地，或换一个服务商',
      'Run the server on the Chinese mainland, or choose another provider',
    ],
  ),
  faulty('InvalidAccessKeyId.', 'login', ['AccessKey ID 不对', 'The AccessKey ID is wrong'], keys),
  faulty('SignatureDoesNotMatch', 'login', ['AccessKey Secret 不对', 'The AccessKey secret is wrong'], keys),
  faulty('Forbidden.', 'login', ['密钥没有短信的权限', 'The key may not do this'], keys),
  faulty(
    'InvalidTimeStamp.',
    'login',
    ['服务器的时钟不准', 'This server’s clock is wrong'],
    ['校准服务器的时钟', 'Set the server’s clock right'],
  ),
  faulty('isv.SMS_SIGNATURE_ILLEGAL', 'account', ['签名没有通过审核', 'The signature is not approved'], sign),
  faulty('isv.SMS_SIGN_ILLEGAL', 'account', ['签名被禁用', 'The signature is barred'], sign),
  faulty('isv.SIGN_STATE_ILLEGAL', 'account', ['签名不可用', 'The signature cannot be used'], sign),
  faulty(
    'isv.SMS_SIGNATURE_SCENE_ILLEGAL',
    'message',
    ['签名和模板的类型不一致', 'Signature and template are of different kinds'],
    sign,
  ),
  faulty(
    'isv.SMS_TEMPLATE_ILLEGAL',
    'message',
    ['模板不存在或没有通过审核', 'The template is not approved'],
    template,
  ),
  faulty(
    'isv.TEMPLATE_MISSING_PARAMETERS',
    'message',
    ['模板的变量没有填全', 'Variables of the template are missing'],
    template,
  ),
  faulty(
    'isv.TEMPLATE_PARAMS_ILLEGAL',
    'message',
    ['变量的内容不合规定', 'A variable says what it may not'],
    words,
  ),
  faulty('isv.TEMPLATE_COUNT_OVER_LIMIT', 'message', ['模板太多', 'Too many templates'], template),
  faulty('isv.INVALID_JSON_PARAM', 'message', ['变量的格式不对', 'The variables are malformed'], template),
  faulty('isv.INVALID_PARAMETERS', 'message', ['参数不对', 'A parameter is wrong'], template),
  faulty('isv.PARAM_LENGTH_LIMIT', 'message', ['变量太长', 'A variable is too long'], words),
  faulty('isv.PARAM_NOT_SUPPORT_URL', 'message', ['变量里不能有链接', 'A variable may hold no link'], words),
  faulty('isv.SMS_CONTENT_ILLEGAL', 'message', ['内容被禁止', 'The content is barred'], words),
  faulty(
    'isv.BLACK_KEY_CONTROL_LIMIT',
    'message',
    ['变量里有禁用词', 'A variable holds barred words'],
    words,
  ),
  faulty(
    'isv.DOMESTIC_NUMBER_NOT_SUPPORTED',
    'message',
    ['国际模板不能发给内地号码', 'A template for abroad, a number at home'],
    template,
  ),
  faulty('isp.SYSTEM_ERROR', 'unknown', ['阿里云内部出错', 'Aliyun itself is at fault'], wait),
  faulty('Throttling', 'busy', ['请求太快', 'Asked too fast'], wait, minute),
  faulty('Throttling.', 'busy', ['请求太快', 'Asked too fast'], wait, minute),
  faulty('ServiceUnavailable', 'busy', ['阿里云暂时不可用', 'Aliyun is away'], wait, minute),
]

/** Errors of SendSms: cloud.tencent.com/document/api/382/59177 and 52075. */
const tencent: readonly SmsFault[] = [
  faulty(
    'InvalidParameterValue.IncorrectPhoneNumber',
    'number',
    ['手机号不对', 'The number is none'],
    number,
  ),
  faulty(
    'FailedOperation.PhoneNumberInBlacklist',
    'message',
    ['号码在运营商的免打扰名单里，可能已退订', 'The operator lists the number as one that wants no more'],
    ['不再给他发短信，换一个渠道', 'Send no more text messages there; use another channel'],
  ),
  faulty(
    'LimitExceeded.',
    'later',
    ['这个号码或内容发得太多了', 'This number or text has had too many'],
    rarely,
    hour,
  ),
  faulty(
    'LimitExceeded.PhoneNumberThirtySecondLimit',
    'later',
    ['30 秒内发给这个号码的太多了', 'Too many to this number in 30 seconds'],
    rarely,
    minute,
  ),
  faulty(
    'LimitExceeded.AppDailyLimit',
    'busy',
    ['到了今天的发送上限', 'Today’s ceiling is reached'],
    [
      '在腾讯云控制台的频率限制里提高每日总量，或等到明天',
      'Raise the daily total in Tencent Cloud’s console, or wait until tomorrow',
    ],
    hour,
  ),
  faulty(
    'LimitExceeded.AppMainlandChinaDailyLimit',
    'busy',
    ['到了今天的国内上限', 'Today’s ceiling at home is reached'],
    [
      '在腾讯云控制台的频率限制里提高每日总量，或等到明天',
      'Raise the daily total in Tencent Cloud’s console, or wait until tomorrow',
    ],
    hour,
  ),
  faulty(
    'FailedOperation.InsufficientBalanceInSmsPackage',
    'account',
    ['套餐包余量不足', 'The package is used up'],
    topUp,
  ),
  faulty('InsufficientBalance', 'account', ['账户余额不足', 'The balance is too small'], topUp),
  faulty(
    'FailedOperation.SignatureIncorrectOrUnapproved',
    'account',
    ['签名没有通过审核', 'The signature is not approved'],
    sign,
  ),
  faulty(
    'FailedOperation.TemplateIncorrectOrUnapproved',
    'message',
    ['模板没有通过审核或内容不符', 'The template is not approved, or does not fit'],
    template,
  ),
  faulty(
    'FailedOperation.TemplateUnapprovedOrNotExist',
    'message',
    ['模板不存在或没有通过审核', 'The template is not approved'],
    template,
  ),
  faulty(
    'FailedOperation.TemplateParamSetNotMatchApprovedTemplate',
    'message',
    ['变量和模板对不上', 'The variables do not fit the template'],
    template,
  ),
  faulty(
    'InvalidParameterValue.TemplateParameter',
    'message',
    ['变量的内容不合规定', 'A variable says what it may not'],
    words,
  ),
  faulty(
    'InvalidParameterValue.ContentLengthLimit',
    'message',
    ['短信太长', 'The message is too long'],
    words,
  ),
  faulty(
    'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter',
    'message',
    ['变量里不能有链接', 'A variable may hold no link'],
    words,
  ),
  faulty(
    'FailedOperation.ContainSensitiveWord',
    'message',
    ['内容里有敏感词', 'The content holds barred words'],
    words,
  ),
  faulty(
    'FailedOperation.MarketingSendTimeConstraint',
    'later',
    ['这个时段不能发营销短信', 'No marketing at this hour'],
    ['营销短信只在 8 点到 22 点发出', 'Marketing leaves between 8 and 22 o’clock alone'],
    hour,
  ),
  faulty(
    'FailedOperation.',
    'message',
    ['腾讯云拒绝了这条短信', 'Tencent Cloud refused this message'],
    template,
  ),
  faulty('InvalidParameterValue.', 'message', ['参数不对', 'A parameter is wrong'], template),
  faulty('InvalidParameter', 'message', ['参数不对', 'A parameter is wrong'], template),
  faulty('MissingParameter', 'message', ['缺少参数', 'A parameter is missing'], template),
  faulty(
    'InvalidParameterValue.SdkAppIdNotExist',
    'account',
    ['SdkAppId 不存在', 'There is no such SdkAppId'],
    keys,
  ),
  faulty(
    'UnsupportedOperation.',
    'message',
    ['这个模板不能发给这类号码', 'This template is not for such numbers'],
    template,
  ),
  faulty(
    'AuthFailure.',
    'login',
    ['密钥不对，或服务器的时钟不准', 'The keys, or this server’s clock, are wrong'],
    keys,
  ),
  faulty(
    'UnauthorizedOperation.',
    'login',
    ['没有权限，或服务器的 IP 不在白名单', 'Not allowed, or not from this address'],
    keys,
  ),
  faulty('InternalError', 'unknown', ['腾讯云内部出错', 'Tencent Cloud itself is at fault'], wait),
  faulty('InternalError.', 'unknown', ['腾讯云内部出错', 'Tencent Cloud itself is at fault'], wait),
  faulty('RequestLimitExceeded', 'busy', ['请求太快', 'Asked too fast'], wait, minute),
  faulty('RequestLimitExceeded.', 'busy', ['请求太快', 'Asked too fast'], wait, minute),
]

/** What each provider answers, with words for people and how it is mended. */
export const smsFaults = { gateway: [], aliyun, tencent } as const satisfies Record<
  SmsProvider,
  readonly SmsFault[]
>

/** The longest entry that a code is, or begins with. */
function among(faults: readonly SmsFault[], code: string): SmsFault | null {
  const fits = faults.filter((one) =>
    one.code.endsWith('.') ? code.startsWith(one.code) : code === one.code,
  )
  return fits.sort((left, right) => right.code.length - left.code.length)[0] ?? null
}

/** What a provider's code means; null of one that is not known. */
export const smsFault = (provider: SmsProvider, code: string): SmsFault | null =>
  among(smsFaults[provider], code)

/** What an error that is kept of a text message means, by the provider's code that stands in it; null: nobody knows. */
export function smsFaultIn(error: string): SmsFault | null {
  const every = Object.values(smsFaults).flat()
  for (const [code] of error.matchAll(/[A-Za-z]\w*(?:\.\w+)*/g)) {
    const fault = among(every, code)
    if (fault !== null) return fault
  }
  return null
}

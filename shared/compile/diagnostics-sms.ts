import { sms } from '../errors/sms.ts'
import type { LocalText } from '../text.ts'
import type { DiagnosticEntry } from './diagnostics.ts'

const refused = ({ message, mend }: { readonly message: LocalText; readonly mend: LocalText }) =>
  ({ severity: 'error', message, mend }) satisfies DiagnosticEntry

/** What a provider of registered templates would refuse of a text message, in the words that a customer's story has. */
export const smsDiagnostics = {
  'sms-template-needed': refused(sms['sms-template-needed']),
  'sms-template-unknown': refused(sms['sms-template-unknown']),
  'sms-template-unapproved': refused(sms['sms-template-unapproved']),
  'sms-template-kind': refused(sms['sms-template-kind']),
  'sms-template-no-opt-out': refused(sms['sms-template-no-opt-out']),
  'sms-signature-unregistered': refused(sms['sms-signature-unregistered']),
  'sms-variable-missing': refused(sms['sms-variable-missing']),
  'sms-variable-unknown': refused(sms['sms-variable-unknown']),
  'sms-variable-long': refused(sms['sms-variable-long']),
  'sms-variable-short': refused(sms['sms-variable-short']),
  'sms-variable-digits': refused(sms['sms-variable-digits']),
  'sms-variable-link': refused(sms['sms-variable-link']),
  'sms-not-polished': refused(sms['sms-not-polished']),
  'sms-template-unused': {
    severity: 'warning',
    message: {
      'zh-CN': '短信服务商收自由文字，模板「{template}」用不上，会发送上面的文字',
      en: 'The SMS provider takes free text: the template “{template}” is not used, and the text is sent',
    },
    mend: {
      'zh-CN': '去掉模板，或在设置里换成阿里云或腾讯云',
      en: 'Take the template away, or choose Aliyun or Tencent Cloud in the settings',
    },
  },
} as const satisfies Record<string, DiagnosticEntry>

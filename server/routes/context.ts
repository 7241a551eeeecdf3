import type { SmsProvider } from '../../shared/channels/sms/providers.ts'
import type { Receipt, ReceiptCall, ReceiptRequest } from '../channels/receipts.ts'
import type { SendgridCall } from '../channels/sendgrid.ts'
import type { WechatRequest } from '../channels/wechat/callback.ts'
import type { CallbackRequest, WecomCallback } from '../channels/wecom/callback.ts'
import type { AppDeps } from '../http/app.ts'
import type { Drain } from '../http/drain.ts'
import type { Clock } from '../ports/clock.ts'
import type { Signs } from '../ports/signs.ts'
import type { DkimKit } from '../settings/dkim.ts'

/** What routes need of the channels' room, which they may not enter. */
export interface ChannelKit {
  readonly readReceipts: (request: ReceiptRequest) => ReceiptCall
  /** Whether a body is signed as reports are; a Problem where it is not. */
  readonly checkSigned: (request: ReceiptRequest) => void
  /** The reports in a mail that came back. */
  readonly readMailReports: (raw: string) => Promise<Receipt[]>
  /** The events of SendGrid, by the key that is written down for it. */
  readonly readSendgrid: (request: SendgridCall) => ReceiptCall
  readonly dkim: DkimKit
  /** What is answered when WeCom looks whether an address is ours, and what it tells. */
  readonly readEcho: (request: CallbackRequest, echostr: string) => string
  readonly readCallback: (request: CallbackRequest, body: string) => WecomCallback
  /** The same of an official account of WeChat. */
  readonly checkWechat: (request: WechatRequest) => void
  readonly readWechat: (request: WechatRequest, body: string) => WecomCallback
  /** What a provider of text messages pushes, in its own form. */
  readonly readSmsReports: (provider: SmsProvider, body: string) => ReceiptCall
  /** What such a provider wants to hear. */
  readonly smsReportAnswers: Readonly<Record<SmsProvider, object>>
}

/** What every route is given. */
export interface RouteContext extends AppDeps {
  readonly channelKit: ChannelKit
  readonly drain: Drain
  readonly signs: Signs
  /** The time of the house, also for what is no brand's. */
  readonly clock: Clock
  /** Ends each open stream; called before the server stops, which would otherwise wait for them. */
  readonly streams: Set<() => void>
}

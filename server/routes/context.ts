import type { LocalText } from '../../shared/text.ts'
import type { BrandRuntime } from '../brand.ts'
import type { Channel } from '../channels/channel.ts'
import type { Receipt, ReceiptRequest } from '../channels/receipts.ts'
import type { channelSettings } from '../channels/settings.ts'
import type { AppDeps } from '../http/app.ts'

/** What routes need of the channels' room, which they may not enter. */
export interface ChannelKit {
  readonly readReceipts: (request: ReceiptRequest) => Receipt[]
  readonly absentChannels: (built: ReadonlyMap<string, Channel>) => ReadonlyMap<string, LocalText>
  readonly settings: typeof channelSettings
}

/** What every route is given. */
export interface RouteContext extends AppDeps {
  readonly channelKit: ChannelKit
  /** Ends each open stream; called before the server stops, which would otherwise wait for them. */
  readonly streams: Set<() => void>
}

/** The channels by which a brand can send nothing yet; in a sandbox all of them reach the on-screen phone. */
export function unsetChannels({ channelKit }: RouteContext, runtime: BrandRuntime): ReadonlySet<string> {
  return new Set(runtime.sandbox ? [] : channelKit.absentChannels(runtime.channels()).keys())
}

import type { LocalText } from '../../shared/text.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import type { Channel } from '../channels/channel.ts'
import type { Receipt, ReceiptRequest } from '../channels/receipts.ts'
import type { AppDeps } from '../http/app.ts'

/** What routes need of the channels' room, which they may not enter. */
export interface ChannelKit {
  readonly readReceipts: (request: ReceiptRequest) => Receipt[]
  readonly absentChannels: (built: ReadonlyMap<string, Channel>) => ReadonlyMap<string, LocalText>
}

/** What every route is given. */
export interface RouteContext extends AppDeps {
  readonly channelKit: ChannelKit
  /** Ends each open stream; called before the server stops, which would otherwise wait for them. */
  readonly streams: Set<() => void>
}

/**
 * What a check must know of how a brand's messages leave: the channels by which it can send nothing yet, and its
 * signature. In a sandbox all reach the on-screen phone, and neither matters.
 */
export function sendingOf(
  { channelKit }: RouteContext,
  runtime: BrandRuntime,
): { readonly absentChannels: ReadonlySet<string>; readonly signature: string | null } {
  if (runtime.sandbox) return { absentChannels: new Set(), signature: null }
  const absent = channelKit.absentChannels(runtime.channels())
  return { absentChannels: new Set(absent.keys()), signature: runtime.brand().signature }
}

import { usualModelUrl } from '../../shared/channels/origin.ts'
import { createGuard, type GuardOptions } from '../channels/guard.ts'
import { createOutgoing, type Outgoing } from '../channels/outgoing.ts'
import { ownHosts } from '../channels/own-host.ts'
import type { AiSettings } from './settings.ts'

/** What a test may say of how names lead to addresses. */
export type ReachParts = Pick<GuardOptions, 'allowHosts' | 'resolve'>

/** The way to the model of the settings: through the guard, to no other network than they allow. */
export function openReach(settings: AiSettings, timeoutMs: number, parts: ReachParts): Outgoing {
  const { hostname } = new URL(settings.baseUrl ?? usualModelUrl)
  const guard = createGuard({
    allowPrivate: settings.allowPrivate ?? false,
    ownHosts: ownHosts(hostname),
    ...(parts.allowHosts === undefined ? {} : { allowHosts: parts.allowHosts }),
    ...(parts.resolve === undefined ? {} : { resolve: parts.resolve }),
  })
  return createOutgoing(guard, { totalMs: timeoutMs })
}

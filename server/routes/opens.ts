import { z } from 'zod'
import { verifyOpen } from '../dispatch/links.ts'
import type { App } from '../http/app.ts'
import { openerOf } from '../links/openers.ts'
import type { RouteContext } from './context.ts'

/** The smallest picture that there is: one clear dot. */
const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const token = z.object({ token: z.string().max(200) })
const bytes = { description: 'A picture of one clear dot', content: { 'image/gif': { schema: z.unknown() } } }
const dayMs = 86_400_000

/**
 * The picture at the end of an e-mail. Whoever fetches it gets it, signed or not; a signed one says that the mail was
 * opened, or, fetched by a program before anybody looks, that it has arrived.
 */
export async function openRoutes(app: App, context: RouteContext): Promise<void> {
  app.get(
    '/o/:token',
    {
      config: { open: true },
      schema: {
        summary: 'Notices that an e-mail is opened',
        description:
          'Reported as `message_opened` once a day. What Apple Mail fetches of every mail by itself is reported as `message_delivered`.',
        tags: ['events'],
        params: token,
        response: { 200: bytes },
      },
    },
    async ({ params, headers, log }, reply) => {
      const opened = verifyOpen(params.token.replace(/\.gif$/, ''), context.linkSecret)
      const desk = opened === null ? undefined : context.brands.get(opened.brand)
      if (opened !== null && desk !== undefined) {
        const { by, person } = openerOf(headers['user-agent'] ?? '')
        const at = desk.now()
        const [message] = await desk.stores.receipts.named([
          { id: String(opened.messageId), channel: 'email' },
        ])
        if (message != null) {
          const { id: messageId, customerId, channel } = message
          const name = person ? 'message_opened' : 'message_delivered'
          const id = person ? `open-${messageId}-${Math.floor(at / dayMs)}` : `fetched-${messageId}`
          const properties = {
            message_id: String(messageId),
            channel,
            ...(by !== null && { detail: by, by }),
          }
          const event = { id, name, at, amount: null, properties }
          // Nobody waits for a picture because of what it means.
          desk.ingest([{ customerId, event }]).catch((error: unknown) => {
            log.error({ brand: opened.brand, error: String(error) }, 'an opened e-mail could not be noted')
          })
        }
      }
      return reply
        .headers({
          'content-type': 'image/gif',
          'cache-control': 'no-store, private',
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'cross-origin',
        })
        .send(dot)
    },
  )
}

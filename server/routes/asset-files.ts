import { z } from 'zod'
import { assetTypes } from '../../shared/assets/asset.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { App } from '../http/app.ts'
import { nothing } from '../http/route.ts'
import type { RouteContext } from './context.ts'

const yearSeconds = 31_536_000

const file = z.object({
  file: z
    .string()
    .regex(new RegExp(`^[0-9a-f]{64}\\.(?:${Object.values(assetTypes).join('|')})$`))
    .describe('The hash of its bytes, and the end of its kind'),
})
const bytes = { description: 'The picture', content: { 'image/*': { schema: z.unknown() } } }

/**
 * Pictures, for whoever reads a message. A name is a hash, which nobody guesses, and its bytes never change; whatever
 * they are, a browser takes them for nothing but the kind of picture that they were made as.
 */
export async function assetFileRoutes(app: App, context: RouteContext): Promise<void> {
  app.get(
    '/a/:file',
    {
      config: { open: true },
      schema: {
        summary: 'A picture of a message',
        tags: ['contents'],
        params: file,
        response: { 200: bytes, 304: nothing },
        problems: ['not-found'],
      },
    },
    async ({ params, headers }, reply) => {
      const [hash = '', end] = params.file.split('.')
      const tag = `"${hash}"`
      if (headers['if-none-match'] === tag) return reply.code(304).send()
      for (const desk of context.brands.values()) {
        const found = await desk.stores.assets.file(hash)
        if (found === null || assetTypes[found.type] !== end) continue
        return reply
          .headers({
            'content-type': found.type,
            'cache-control': `public, max-age=${yearSeconds}, immutable`,
            etag: tag,
            'x-content-type-options': 'nosniff',
            'content-security-policy': "default-src 'none'; sandbox",
            'cross-origin-resource-policy': 'cross-origin',
            'content-disposition': 'inline',
          })
          .send(found.data)
      }
      throw new Problem('not-found', { what: params.file }, 'file')
    },
  )
}

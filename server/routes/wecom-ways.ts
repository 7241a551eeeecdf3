import { z } from 'zod'
import { contactWay, contactWays, wayChange, wayDraft } from '../../shared/api/wecom-ways.ts'
import { Problem } from '../../shared/errors/index.ts'
import { addAsset, removeAsset } from '../assets/assets.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { addWay, changeWay, listWays, mendWay, type PictureKeeper, removeWay } from '../wecom/ways.ts'
import type { RouteContext } from './context.ts'

const ofWay = brandParams.extend({ way: z.coerce.number().int().min(1) })
const asked = ['channel-absent', 'wecom-refused', 'wecom-silent'] as const

/** QR codes by which customers add employees in WeCom. */
export function wecomWayRoutes(app: App, context: RouteContext): void {
  const tags = ['wecom']

  const workOf = (request: Parameters<typeof actorOf>[1], brand: string) => {
    const desk = brandOf(context, brand)
    const actor = actorOf(context, request)
    const pictures: PictureKeeper = {
      async keep(bytes, { name, file }) {
        const words = { 'zh-CN': name, en: name }
        const { key } = await addAsset(desk, actor, { bytes, file, name: words, alt: words }, desk.baseUrl())
        return key
      },
      async drop(key) {
        try {
          await removeAsset(desk, actor, key)
        } catch (error) {
          // What still shows it keeps it, and somebody may have taken it away before.
          if (!(error instanceof Problem) || (error.code !== 'asset-in-use' && error.code !== 'not-found'))
            throw error
        }
      },
    }
    return { desk, actor, pictures }
  }

  app.get(
    '/wecom/ways',
    {
      schema: {
        summary: 'QR codes by which customers add employees, with how many have come by each',
        tags,
        params: brandParams,
        response: { 200: contactWays },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ ways: await listWays(brandOf(context, params.brand)) }),
  )

  app.post(
    '/wecom/ways',
    {
      schema: {
        summary: 'Make a QR code',
        description:
          'WeCom makes it (https://developer.work.weixin.qq.com/document/path/92228); its picture is kept among the brand’s. Whoever becomes a friend by it brings `wecom_friend_added` with its source as `state`. After `wecom-silent` it stands in the list unmade, until it is mended.',
        tags,
        params: brandParams,
        body: wayDraft,
        response: { 201: contactWay },
        problems: ['not-found', 'wecom-source-taken', ...asked],
      },
    },
    async (request, reply) =>
      reply.status(201).send(await addWay(workOf(request, request.params.brand), request.body)),
  )

  app.put(
    '/wecom/ways/:way',
    {
      schema: {
        summary: 'Change whom a QR code leads to',
        description: 'The picture stays, wherever it is printed.',
        tags,
        params: ofWay,
        body: wayChange,
        response: { 200: contactWay },
        problems: ['not-found', ...asked],
      },
    },
    async (request) => changeWay(workOf(request, request.params.brand), request.params.way, request.body),
  )

  app.post(
    '/wecom/ways/:way/mend',
    {
      schema: {
        summary: 'Make what is missing of a QR code',
        description: 'Looks in WeCom whether it was made, else makes it; fetches its picture.',
        tags,
        params: ofWay,
        response: { 200: contactWay },
        problems: ['not-found', ...asked],
      },
    },
    async (request) => mendWay(workOf(request, request.params.brand), request.params.way),
  )

  app.delete(
    '/wecom/ways/:way',
    {
      schema: {
        summary: 'Take a QR code away',
        description: 'Whoever scans it adds nobody any more. Its picture goes where nothing shows it.',
        tags,
        params: ofWay,
        response: { 204: nothing },
        problems: ['not-found', ...asked],
      },
    },
    async (request, reply) => {
      await removeWay(workOf(request, request.params.brand), request.params.way)
      return reply.status(204).send()
    },
  )
}

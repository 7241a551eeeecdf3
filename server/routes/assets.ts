import { z } from 'zod'
import { assetChange, assetList, keptAsset } from '../../shared/api/assets.ts'
import { audienceUses } from '../../shared/api/customers.ts'
import { assetKey } from '../../shared/assets/asset.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import { limits } from '../../shared/limits.ts'
import { newName, writtenText } from '../../shared/text.ts'
import {
  addAsset,
  listAssets,
  readAsset,
  removeAsset,
  renameAsset,
  replaceAsset,
  usesOfPicture,
} from '../assets/assets.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { receiveBytes } from '../http/upload.ts'
import type { RouteContext } from './context.ts'

const ofKey = brandParams.extend({ key: assetKey.describe('By which cards and texts name it') })

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: String(error) })
    return z.NEVER
  }
})
/** What may be said of a file beside itself. */
const form = z.object({
  key: assetKey.optional(),
  name: jsonText.pipe(newName).optional(),
  alt: jsonText.pipe(writtenText).optional(),
})

const uploadLimit = limits.assetUpload.value
const picture = ['asset-not-picture', 'asset-broken', 'asset-too-large', 'assets-full'] as const

/** Pictures that messages carry. */
export function assetRoutes(app: App, context: RouteContext): void {
  const tags = ['contents']
  const hostOf = (brand: string) => brandOf(context, brand).baseUrl()

  app.get(
    '/assets',
    {
      schema: {
        summary: 'All pictures, by their keys',
        tags,
        params: brandParams,
        response: { 200: assetList },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand } }) => listAssets(brandOf(context, brand), hostOf(brand)),
  )

  app.post(
    '/assets',
    {
      config: { uploadLimit },
      schema: {
        summary: 'Upload a picture',
        description:
          'multipart/form-data with `file` (PNG, JPEG, GIF or WebP by its content, whatever it is called) and, if wanted, `key` and, as JSON, `name` and `alt`. It is made anew of its pixels, no larger than 2048 of them a side.',
        tags,
        consumes: ['multipart/form-data'],
        params: brandParams,
        response: { 201: keptAsset },
        problems: [
          'not-found',
          'form-broken',
          'body-too-large',
          'asset-exists',
          'assets-too-many',
          ...picture,
        ],
      },
    },
    async (request, reply) => {
      const { brand } = request.params
      const { bytes, name: file, fields } = await receiveBytes(request, uploadLimit)
      const said = form.safeParse(fields)
      if (!said.success) throw new InvalidInput(said.error)
      const command = { ...said.data, bytes, file }
      const made = await addAsset(brandOf(context, brand), actorOf(context, request), command, hostOf(brand))
      return reply.code(201).send(made)
    },
  )

  app.get(
    '/assets/:key',
    {
      schema: {
        summary: 'One picture, without its bytes',
        tags,
        params: ofKey,
        response: { 200: keptAsset },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => readAsset(brandOf(context, brand), key, hostOf(brand)),
  )

  app.put(
    '/assets/:key',
    {
      schema: {
        summary: 'Name a picture',
        tags,
        params: ofKey,
        body: assetChange,
        response: { 200: keptAsset },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const command = { ...request.body, key }
      return renameAsset(brandOf(context, brand), actorOf(context, request), command, hostOf(brand))
    },
  )

  app.put(
    '/assets/:key/file',
    {
      config: { uploadLimit },
      schema: {
        summary: 'Show another picture under a key',
        description: 'multipart/form-data with `file`. Messages that were made keep the earlier one.',
        tags,
        consumes: ['multipart/form-data'],
        params: ofKey,
        response: { 200: keptAsset },
        problems: ['not-found', 'form-broken', 'body-too-large', ...picture],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const { bytes } = await receiveBytes(request, uploadLimit)
      return replaceAsset(brandOf(context, brand), actorOf(context, request), { key, bytes }, hostOf(brand))
    },
  )

  app.delete(
    '/assets/:key',
    {
      schema: {
        summary: 'Delete a picture that nothing shows',
        description: 'A refusal lists under `uses` the journeys and contents that show it.',
        tags,
        params: ofKey,
        response: { 204: nothing },
        problems: ['not-found', 'asset-in-use'],
      },
    },
    async (request, reply) => {
      const { brand, key } = request.params
      await removeAsset(brandOf(context, brand), actorOf(context, request), key)
      return reply.code(204).send()
    },
  )

  app.get(
    '/assets/:key/uses',
    {
      schema: {
        summary: 'Which journeys and contents show a picture',
        tags,
        params: ofKey,
        response: { 200: audienceUses },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => ({ uses: await usesOfPicture(brandOf(context, brand), key) }),
  )
}

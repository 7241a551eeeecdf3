import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { audienceSave } from '../../shared/api/customers.ts'
import {
  columnTypes,
  type ImportAnswer,
  importAnswer,
  importKinds,
  importList,
  importOptions,
  inspectAnswer,
  listModes,
} from '../../shared/api/imports.ts'
import { maskAddress } from '../../shared/channels/address/conceal.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import { newName } from '../../shared/text.ts'
import { listToFill } from '../audiences/members.ts'
import { Imports } from '../customers/imports.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor } from '../http/contacts.ts'
import { localeOf } from '../http/language.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams, journeyParams, nothing } from '../http/route.ts'
import { receiveFile, removeUploads, type Upload, uploadLimit } from '../http/upload.ts'
import { handTriggerOf } from '../journeys/life.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ id: z.string() })
const kind = z.enum(importKinds)
const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text)
  } catch (error) {
    context.addIssue({ code: 'custom', message: String(error) })
    return z.NEVER
  }
})
/** What is said of a file beside itself; all but the file may be left to be found out. */
const inspectForm = z.object({
  kind: kind.optional(),
  types: jsonText.pipe(columnTypes).optional(),
  options: jsonText.pipe(importOptions).optional(),
})
const startForm = inspectForm.extend({
  kind,
  mapping: jsonText.pipe(z.record(z.string(), z.string())).optional(),
})

const listForm = z.object({
  mapping: jsonText.pipe(z.record(z.string(), z.string())).optional(),
})

const audienceListForm = listForm.extend({
  name: jsonText.pipe(newName).optional(),
  mode: z.enum(listModes).default('add'),
})

/** What is said, without what is not. */
function said<T extends object>(form: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // An object's entries without some of them are a part of it.
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

/** The addresses that several customers bear, as whoever asks may see them. */
function toldOfImport(request: FastifyRequest, answer: ImportAnswer): ImportAnswer {
  if (contactsFor(request) === 'whole') return answer
  const { shared } = answer
  const addresses = shared.addresses.map((one) => ({ ...one, address: maskAddress(one.address) }))
  return { ...answer, shared: { ...shared, addresses } }
}

function readForm<S extends z.ZodType>(schema: S, { fields }: Upload): z.output<S> {
  const parsed = schema.safeParse(fields)
  if (!parsed.success) throw new InvalidInput(parsed.error)
  return parsed.data
}

export function importRoutes(app: App, context: RouteContext): void {
  const imports = new Imports()
  const tags = ['imports']

  app.addHook('onReady', async () => {
    for (const desk of context.brands.values()) {
      await imports.endInterrupted(desk)
      await removeUploads(desk.importsFolder)
    }
  })
  context.drain.onBegin(() => imports.cancelAll())
  app.addHook('preClose', () => imports.stop())

  app.post(
    '/imports/inspect',
    {
      config: { uploadLimit },
      schema: {
        summary: 'What a file holds, before anything is written',
        description:
          'multipart/form-data with `file` and, where they are known, `kind` and, as JSON, `types` and `options`: what is not said is guessed.',
        tags,
        consumes: ['multipart/form-data'],
        params: brandParams,
        response: { 200: inspectAnswer },
        problems: [
          'not-found',
          'invalid-request',
          'csv-empty',
          'csv-encoding',
          'csv-cut',
          'csv-header',
          'csv-no-such-line',
          'csv-line-long',
          'csv-wide',
          'body-too-large',
          'unsupported-media',
          ...askProblems,
        ],
      },
    },
    async (request) => {
      const runtime = brandOf(context, request.params.brand)
      const upload = await receiveFile(request, runtime.importsFolder, randomUUID())
      try {
        const form = said(readForm(inspectForm, upload))
        const file = { ...form, source: upload.path, name: upload.name }
        return await runtime.ask('inspect', file, askedBy(context, request))
      } finally {
        await rm(upload.path, { force: true })
      }
    },
  )

  app.post(
    '/imports',
    {
      config: { uploadLimit },
      schema: {
        summary: 'Import customers or orders from CSV',
        description:
          'multipart/form-data with `file`, `kind` and, as JSON, `mapping` from column to field, `attribute` or `ignore`, `types` from column to the type of its values, and `options`. Rows are history: they start and wake nothing. A bad cell costs the cell, a row without a usable id the row; both are listed, as are rows that are no data or no purchase.',
        tags,
        consumes: ['multipart/form-data'],
        params: brandParams,
        response: { 202: importAnswer },
        problems: ['not-found', 'invalid-request', 'body-too-large', 'unsupported-media'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const id = randomUUID()
      const upload = await receiveFile(request, desk.importsFolder, id)
      try {
        const form = readForm(startForm, upload)
        const command = {
          ...said(form),
          id,
          kind: form.kind,
          source: upload.path,
          name: upload.name,
          locale: localeOf(request.headers['accept-language']),
        }
        return reply.code(202).send(await imports.begin(desk, actorOf(context, request), command))
      } catch (error) {
        await rm(upload.path, { force: true })
        throw error
      }
    },
  )

  app.post(
    '/journeys/:id/list',
    {
      config: { uploadLimit },
      schema: {
        summary: 'Let customers in from a CSV list',
        description:
          'multipart/form-data with `file` and, as JSON, `mapping` from column to `customer_id`, `phone`, `email`, `attribute` or `ignore`. Every other column is known at entry. It goes on as an import, which GET /imports/:id tells of: strangers, whoever stands there twice and rows that cannot be read are listed. Whom the re-entry rule refuses stays out.',
        tags: ['journeys'],
        consumes: ['multipart/form-data'],
        params: journeyParams,
        response: { 202: importAnswer },
        problems: ['not-found', 'journey-not-live', 'invalid-request', 'body-too-large', 'unsupported-media'],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const journeyId = request.params.id
      const node = await handTriggerOf(desk, journeyId)
      const id = randomUUID()
      const upload = await receiveFile(request, desk.importsFolder, id)
      try {
        const form = readForm(listForm, upload)
        const command = {
          ...said(form),
          id,
          kind: 'entrants' as const,
          source: upload.path,
          name: upload.name,
          into: { journeyId, node, list: id },
          locale: localeOf(request.headers['accept-language']),
        }
        return reply.code(202).send(await imports.begin(desk, actorOf(context, request), command))
      } catch (error) {
        await rm(upload.path, { force: true })
        throw error
      }
    },
  )

  app.post(
    '/audiences/:key/list',
    {
      config: { uploadLimit },
      schema: {
        summary: 'Put the customers of a CSV file into a list',
        description:
          'multipart/form-data with `file`, as JSON `name` of a list that is not there yet, and `mapping` from column to `customer_id`, `phone`, `email` or `ignore`. `mode` is `add` (where nothing is said), `new`, which is refused where the key is taken, or `replace`, which takes out of the list whom the file does not name once all of it has been read; a file in which nobody is found takes nobody out. A list that it makes goes again where nobody comes into it. It goes on as an import, which GET /imports/:id tells of: strangers, whoever stands there twice and rows that cannot be read are listed.',
        tags: ['customers'],
        consumes: ['multipart/form-data'],
        params: brandParams.extend({ key: audienceSave.shape.key }),
        response: { 202: importAnswer },
        problems: ['not-found', 'audience-exists', 'invalid-request', 'body-too-large', 'unsupported-media'],
      },
    },
    async (request, reply) => {
      const { brand, key } = request.params
      const desk = brandOf(context, brand)
      const id = randomUUID()
      const upload = await receiveFile(request, desk.importsFolder, id)
      const actor = actorOf(context, request)
      let made = false
      try {
        const { name, mode, ...form } = readForm(audienceListForm, upload)
        made = await listToFill(desk, actor, { key, name, mode })
        const command = {
          ...said(form),
          id,
          kind: 'entrants' as const,
          source: upload.path,
          name: upload.name,
          into: { audience: key, replace: mode === 'replace' },
          ...(made ? { made: key } : {}),
          locale: localeOf(request.headers['accept-language']),
        }
        return reply.code(202).send(await imports.begin(desk, actor, command))
      } catch (error) {
        await rm(upload.path, { force: true })
        if (made) await desk.stores.audiences.removeUnfilled(desk.act(actor), key)
        throw error
      }
    },
  )

  app.get(
    '/imports',
    {
      schema: {
        summary: 'The latest imports',
        tags,
        params: brandParams,
        response: { 200: importList },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const found = await imports.latest(brandOf(context, request.params.brand))
      return { ...found, imports: found.imports.map((one) => toldOfImport(request, one)) }
    },
  )

  app.get(
    '/imports/:id',
    {
      schema: {
        summary: 'How far an import is, and which rows were rejected',
        tags,
        params,
        response: { 200: importAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return toldOfImport(request, await imports.find(brandOf(context, brand), id))
    },
  )

  app.delete(
    '/imports/:id',
    {
      schema: {
        summary: 'End a running import',
        description: 'What was written stays.',
        tags,
        params,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await imports.cancel(brandOf(context, brand), actorOf(context, request), { id })
      return reply.code(204).send()
    },
  )

  app.get(
    '/imports/:id/rejected.csv',
    {
      schema: {
        summary: 'All rows and cells that did not enter, with their reasons',
        tags,
        params,
        response: { 200: { description: 'The rows', content: { 'text/csv': { schema: z.any() } } } },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const path = await imports.rejectedFile(brandOf(context, brand), id)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="rejected-${id.slice(0, 8)}.csv"`)
        .send(createReadStream(path))
    },
  )
}

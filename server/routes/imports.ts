import { randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import {
  columnTypes,
  type ImportAnswer,
  type ImportCounts,
  importAnswer,
  importCounts,
  importKinds,
  importList,
  importOptions,
  inspectAnswer,
} from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import type { Locale } from '../../shared/text.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type App, brandOf } from '../http/app.ts'
import { localeOf } from '../http/language.ts'
import { problemText } from '../http/problem.ts'
import { brandParams, nothing } from '../http/route.ts'
import { receiveFile, type Upload, uploadLimit } from '../http/upload.ts'
import { type ImportReport, inspectFile, type RunningImport, startImport } from '../imports/index.ts'
import { failRunningImports, findImport, listImports, saveImport } from '../store/sqlite/imports/imports.ts'
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

/** What is said, without what is not. */
function said<T extends object>(form: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // An object's entries without some of them are a part of it.
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

const noCounts: ImportCounts = {
  ...{ imported: 0, updated: 0, unchanged: 0, rejected: 0, lines: 0, passed: 0, cells: 0 },
  ...{ created: 0, matched: 0, withdrawn: 0 },
}

/** What a finished import tells. */
function toldOf(report: ImportReport): Partial<ImportAnswer> {
  const { rows, rejections, passedRows, cellFaults, shared } = report
  return {
    ...importCounts.parse(report),
    progress: { done: rows, of: rows },
    rejections: rejections.map((one) => ({ ...one, reason: { ...one.reason } })),
    passedRows: passedRows.map((one) => ({ ...one, lines: [...one.lines], reason: { ...one.reason } })),
    cellFaults: cellFaults.map((one) => ({ ...one, reason: { ...one.reason } })),
    shared: {
      count: shared.count,
      addresses: shared.addresses.map(({ address, customers }) => ({ address, customers: [...customers] })),
    },
  }
}

interface Running {
  readonly job: RunningImport
  answer: ImportAnswer
}

const folderOf = ({ db }: BrandRuntime) => join(dirname(db.path), 'imports')
const rejectedPath = (runtime: BrandRuntime, id: string) => join(folderOf(runtime), `${id}.rejected.csv`)

function readForm<S extends z.ZodType>(schema: S, { fields }: Upload): z.output<S> {
  const parsed = schema.safeParse(fields)
  if (!parsed.success) throw new InvalidInput(parsed.error)
  return parsed.data
}

function begin(
  runtime: BrandRuntime,
  upload: Upload,
  id: string,
  locale: Locale,
  running: Map<string, Running>,
) {
  const form = readForm(startForm, upload)
  const entry: Running = {
    job: startImport(
      runtime.db.path,
      {
        ...said(form),
        kind: form.kind,
        source: upload.path,
        name: upload.name,
        zone: runtime.brand().zone,
        currency: runtime.brand().currency,
        receivedAt: runtime.now(),
        rejectedPath: rejectedPath(runtime, id),
      },
      ({ done, of, ...counts }) => {
        entry.answer = { ...entry.answer, ...counts, progress: { done, of } }
      },
    ),
    answer: {
      id,
      kind: form.kind,
      file: upload.name,
      state: 'running',
      progress: { done: 0, of: 0 },
      ...noCounts,
      rejections: [],
      passedRows: [],
      cellFaults: [],
      shared: { count: 0, addresses: [] },
      problem: null,
      startedAt: Date.now(),
      finishedAt: null,
    },
  }
  running.set(id, entry)
  saveImport(runtime.db, entry.answer, Date.now())
  const end = async (change: Partial<ImportAnswer>) => {
    running.delete(id)
    saveImport(runtime.db, { ...entry.answer, ...change, finishedAt: Date.now() }, Date.now())
    await rm(upload.path, { force: true })
  }
  const ended = entry.job.result.then(
    (report) => end({ ...toldOf(report), state: 'done' }),
    (error: unknown) => end({ state: 'failed', problem: problemText(error, locale) }),
  )
  return { answer: entry.answer, ended }
}

export function importRoutes(app: App, context: RouteContext): void {
  const running = new Map<string, Running>()
  const ending = new Set<Promise<void>>()
  const tags = ['imports']
  for (const { db, brand } of context.brands.values()) {
    const interrupted = problemText(new Problem('import-cancelled'), brand().language)
    failRunningImports(db, interrupted, Date.now())
  }

  app.addHook('preClose', async () => {
    for (const { job } of running.values()) job.cancel()
    await Promise.all(ending)
  })

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
          'csv-header',
          'csv-no-such-line',
          'body-too-large',
          'unsupported-media',
        ],
      },
    },
    async (request) => {
      const runtime = brandOf(context, request.params.brand)
      const upload = await receiveFile(request, folderOf(runtime), randomUUID())
      try {
        const form = said(readForm(inspectForm, upload))
        return await inspectFile({ ...form, source: upload.path, name: upload.name })
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
      const runtime = brandOf(context, request.params.brand)
      const id = randomUUID()
      const upload = await receiveFile(request, folderOf(runtime), id)
      try {
        const started = begin(runtime, upload, id, localeOf(request.headers['accept-language']), running)
        const ended = started.ended.finally(() => ending.delete(ended))
        ending.add(ended)
        return reply.code(202).send(started.answer)
      } catch (error) {
        await rm(upload.path, { force: true })
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
      const { db } = brandOf(context, request.params.brand)
      return { imports: listImports(db, 50).map((one) => running.get(one.id)?.answer ?? one) }
    },
  )

  const found = (runtime: BrandRuntime, id: string): ImportAnswer => {
    const answer = running.get(id)?.answer ?? findImport(runtime.db, id)
    if (answer === undefined) throw new Problem('not-found', { what: id }, 'import')
    return answer
  }

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
    async (request) => found(brandOf(context, request.params.brand), request.params.id),
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
      const { id } = found(brandOf(context, request.params.brand), request.params.id)
      running.get(id)?.job.cancel()
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
      const runtime = brandOf(context, request.params.brand)
      const { id } = found(runtime, request.params.id)
      const path = rejectedPath(runtime, id)
      if (!existsSync(path)) throw new Problem('not-found', { what: 'rejected.csv' }, 'import')
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="rejected-${id.slice(0, 8)}.csv"`)
        .send(createReadStream(path))
    },
  )
}

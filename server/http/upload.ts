import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../shared/errors/index.ts'
import { limits, sayLimit } from '../../shared/limits.ts'
import type { App } from './app.ts'

/** The largest file that is taken, in bytes: ten million orders. */
export const uploadLimit = limits.uploadSize.value

export async function uploads(app: App): Promise<void> {
  await app.register(multipart, {
    limits: {
      fileSize: uploadLimit,
      files: 1,
      fields: limits.formFields.value,
      fieldSize: limits.formFieldSize.value,
    },
    throwFileSizeLimit: true,
  })
}

/** What an upload is called until it has been read in; what did not enter is kept under another name. */
const uploaded = /^[\w-]+\.(?:csv|ndjson)$/

/** Removes what an earlier process was in the middle of taking or reading. */
export async function removeUploads(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const left = (await readdir(folder)).filter((name) => uploaded.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}

const coded = z.object({ code: z.string() })

/**
 * Whether an error of reading a form is the form's own: the parser's have no code, those of the wrapper around it are
 * named. What the disk says has another one.
 */
function isOfForm(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof Problem) return false
  const code = coded.safeParse(error).data?.code
  return code === undefined || formCodes.has(code)
}

const formCodes: ReadonlySet<string> = new Set([
  'FST_MP_PREMATURE_CLOSE',
  'FST_PROTO_VIOLATION',
  'FST_PARTS_LIMIT',
  'FST_FILES_LIMIT',
  'FST_FIELDS_LIMIT',
  'FST_INVALID_JSON_FIELD_ERROR',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ECONNRESET',
])

/** A file that was sent, on disk, and the form's other fields. */
export interface Upload {
  readonly path: string
  readonly name: string
  readonly fields: Readonly<Record<string, string>>
}

/**
 * Writes the one file of a multipart request to a path in `folder`; nothing is held in memory. On any fault
 * the file is removed. Problems `invalid-request` without a file, `form-broken`, `body-too-large`.
 */
export async function receiveFile(request: FastifyRequest, folder: string, id: string): Promise<Upload> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${id}.csv`)
  const fields = new Map<string, string>()
  let name: string | null = null
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        name = part.filename.slice(0, limits.fileNameLength.value)
        await pipeline(part.file, createWriteStream(path, { flags: 'wx' }))
      } else {
        if (part.valueTruncated === true || part.fieldnameTruncated === true)
          throw new Problem('body-too-large', { limit: sayLimit('formFieldSize').en }, part.fieldname)
        if (fields.has(part.fieldname)) throw new Problem('form-broken', {}, part.fieldname)
        fields.set(part.fieldname, String(part.value))
      }
    }
    if (name === null) throw new Problem('invalid-request', { detail: 'file' }, 'file')
    return { path, name, fields: Object.fromEntries(fields) }
  } catch (error) {
    await rm(path, { force: true })
    throw isOfForm(error) ? new Problem('form-broken') : error
  }
}

/** A small file that was sent, held in memory, and the form's other fields. */
export interface Received {
  readonly bytes: Buffer
  readonly name: string
  readonly fields: Readonly<Record<string, string>>
}

/**
 * The one file of a multipart request, of at most so many bytes. Problems `invalid-request` without a file, `form-broken`,
 * `body-too-large`.
 */
export async function receiveBytes(request: FastifyRequest, most: number): Promise<Received> {
  const fields = new Map<string, string>()
  let found: Pick<Received, 'bytes' | 'name'> | null = null
  try {
    for await (const part of request.parts({ limits: { fileSize: most } })) {
      if (part.type === 'file')
        found = { bytes: await part.toBuffer(), name: part.filename.slice(0, limits.fileNameLength.value) }
      else {
        if (fields.has(part.fieldname)) throw new Problem('form-broken', {}, part.fieldname)
        fields.set(part.fieldname, String(part.value))
      }
    }
  } catch (error) {
    throw isOfForm(error) ? new Problem('form-broken') : error
  }
  if (found === null) throw new Problem('invalid-request', { detail: 'file' }, 'file')
  return { ...found, fields: Object.fromEntries(fields) }
}

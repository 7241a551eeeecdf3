import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import multipart from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
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
const uploaded = /^[\w-]+\.csv$/

/** Removes what an earlier process was in the middle of taking or reading. */
export async function removeUploads(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const left = (await readdir(folder)).filter((name) => uploaded.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}

/** A file that was sent, on disk, and the form's other fields. */
export interface Upload {
  readonly path: string
  readonly name: string
  readonly fields: Readonly<Record<string, string>>
}

/**
 * Writes the one file of a multipart request to a path in `folder`; nothing is held in memory. On any fault
 * the file is removed. Problems `invalid-request` without a file, `body-too-large`.
 */
export async function receiveFile(request: FastifyRequest, folder: string, id: string): Promise<Upload> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${id}.csv`)
  const fields: Record<string, string> = {}
  let name: string | null = null
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') {
        name = part.filename
        await pipeline(part.file, createWriteStream(path, { flags: 'wx' }))
      } else if (typeof part.value === 'string') fields[part.fieldname] = part.value
    }
    if (name === null) throw new Problem('invalid-request', { detail: 'file' }, 'file')
    return { path, name, fields }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

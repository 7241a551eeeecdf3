import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { templateList } from '../../shared/api/journeys.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'
import { journeyOfFile } from './journeys/file.ts'

type Template = z.output<typeof templateList>['templates'][number]

const ending = '.journey.json'

/** The order in which the gallery shows them; others follow by name. */
const order = [
  'qixi-gift-box',
  'new-member-welcome',
  'birthday-gift',
  'wecom-welcome',
  'member-anniversary',
  'cart-rescue',
  'left-in-cart',
  'delivery-notice',
  'order-review',
  'big-order-care',
  'win-back',
  'repurchase-reminder',
  'second-order',
  'referral-invite',
  'store-visit',
  'vip-circle',
  'vip-leaving',
  'hundred-days',
]
const place = (id: string) => {
  const index = order.indexOf(id)
  return index < 0 ? order.length : index
}

async function readTemplate(root: string, file: string): Promise<Template> {
  const journey = journeyOfFile(await readFile(join(root, file), 'utf8'))
  const { name, description, nodes } = journey
  return {
    id: file.slice(0, -ending.length),
    name,
    description: description ?? null,
    nodes: Object.keys(nodes).length,
    journey,
  }
}

/** The files of the gallery. They come with the program, so each folder is read once. */
const galleries = new Map<string, Promise<Template[]>>()

function gallery(root: string): Promise<Template[]> {
  const known = galleries.get(root)
  if (known !== undefined) return known
  const reading = readdir(root).then(async (files) => {
    const templates = await Promise.all(
      files.filter((file) => file.endsWith(ending)).map((file) => readTemplate(root, file)),
    )
    return templates.sort((a, b) => place(a.id) - place(b.id) || (a.id < b.id ? -1 : 1))
  })
  galleries.set(root, reading)
  reading.catch(() => galleries.delete(root))
  return reading
}

/** A template by its id, which is its file's name; Problem `not-found`. */
export async function findTemplate(root: string, id: string): Promise<Template> {
  const found = (await gallery(root)).find((template) => template.id === id)
  if (found === undefined) throw new Problem('not-found', { what: id }, 'template')
  return found
}

export function templateRoutes(app: App, context: RouteContext): void {
  app.get(
    '/templates',
    {
      schema: {
        summary: 'The gallery of journeys to begin from',
        tags: ['journeys'],
        params: brandParams,
        response: { 200: templateList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => {
      brandOf(context, params.brand)
      return { templates: await gallery(context.templatesRoot) }
    },
  )
}

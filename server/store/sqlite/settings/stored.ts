import { z } from 'zod'
import { channelSettingsSave } from '../../../../shared/api/settings.ts'
import { type Brand, brandSchema, cautiousBrand } from '../../../../shared/journey/brand.ts'
import { sayIssue, sayPath } from '../../../../shared/journey/issue.ts'
import type { ModelSettings, SettingFault } from '../../../ports/settings.ts'

/** What could be read of a stored setting, and what could not and is left out. */
export interface Stored<T> {
  readonly value: T
  readonly faults: readonly SettingFault[]
}

/** A value that is kept as JSON: as it was read, or not JSON at all. */
export type Kept = { readonly json: unknown } | { readonly broken: true }

const notJson = {
  'zh-CN': '存下来的内容已损坏，不是 JSON',
  en: 'what is stored is damaged and is no JSON',
}
const notFields = { 'zh-CN': '应为一组键值', en: 'an object is needed' }

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function faultsOf(setting: SettingFault['setting'], field: string, error: z.ZodError): SettingFault[] {
  return error.issues.slice(0, 1).map((issue) => ({
    setting,
    field: sayPath([field, ...issue.path].filter((part) => part !== '')),
    detail: sayIssue(issue),
  }))
}

/** The fields of a stored object; nothing of what is no object. */
function fieldsOf(setting: SettingFault['setting'], kept: Kept): Stored<Record<string, unknown>> {
  if ('broken' in kept) return { value: {}, faults: [{ setting, field: '', detail: notJson }] }
  if (isFields(kept.json)) return { value: kept.json, faults: [] }
  return { value: {}, faults: [{ setting, field: '', detail: notFields }] }
}

/**
 * The brand's decisions, field by field: one that cannot be read gives way to the more cautious of what could
 * have been meant, so that nobody is written to who would not have been.
 */
export function readStoredBrand(kept: Kept, unnamed: Brand): Stored<Brand> {
  const { value, faults } = fieldsOf('brand', kept)
  const whole = brandSchema.safeParse(value)
  if (whole.success) return { value: whole.data, faults }
  const found: SettingFault[] = [...faults]
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const schema = Object.hasOwn(brandSchema.shape, name)
      ? Object.entries(brandSchema.shape).find(([known]) => known === name)?.[1]
      : undefined
    if (schema === undefined) {
      found.push({
        setting: 'brand',
        field: name,
        detail: { 'zh-CN': '这个版本不认识它', en: 'this release does not know it' },
      })
      return []
    }
    const parsed = schema.safeParse(field)
    if (parsed.success) return [[name, parsed.data]]
    found.push(...faultsOf('brand', name, parsed.error))
    return []
  })
  const read = brandSchema.parse({ ...unnamed, ...cautiousBrand, ...Object.fromEntries(fields) })
  return { value: read, faults: found }
}

/** The settings of channels as they are kept; which of them can be used is seen when they are built. */
export function readStoredChannels(kept: Kept): Stored<Record<string, z.infer<typeof channelSettingsSave>>> {
  const { value, faults } = fieldsOf('channels', kept)
  const found: SettingFault[] = [...faults]
  const read = Object.entries(value).flatMap(([id, fields]) => {
    const parsed = channelSettingsSave.safeParse(fields)
    if (parsed.success) return [[id, parsed.data] as const]
    found.push(...faultsOf('channels', id, parsed.error))
    return []
  })
  return { value: Object.fromEntries(read), faults: found }
}

const field = z.string().nullable().default(null)

/** The model's settings, field by field. */
export function readStoredModel(kept: Kept): Stored<ModelSettings> {
  const { value, faults } = fieldsOf('ai', kept)
  const found: SettingFault[] = [...faults]
  const read = (name: keyof Omit<ModelSettings, 'allowPrivate'>): string | null => {
    const parsed = field.safeParse(value[name])
    if (parsed.success) return parsed.data
    found.push(...faultsOf('ai', name, parsed.error))
    return null
  }
  const model = { baseUrl: read('baseUrl'), model: read('model'), apiKey: read('apiKey') }
  const allowed = z.boolean().optional().safeParse(value.allowPrivate)
  if (!allowed.success) found.push(...faultsOf('ai', 'allowPrivate', allowed.error))
  const allowPrivate = allowed.success ? allowed.data : false
  return { value: allowPrivate === undefined ? model : { ...model, allowPrivate }, faults: found }
}

import { z } from 'zod'
import { isZone } from '../calendar/index.ts'
import { locales, newName, writtenText } from '../text.ts'
import { brandId } from './system.ts'

const zone = z.string().refine(isZone, 'an IANA time zone such as Asia/Shanghai')
const currency = z
  .string()
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'an ISO 4217 code such as CNY')

/** POST /brands: a brand with customers, journeys and a database of its own. */
export const brandMake = z.strictObject({
  name: newName.refine((name) => Object.values(name).every((text) => text?.trim() !== ''), 'a name'),
  zone: zone.default('Asia/Shanghai'),
  currency: currency.default('CNY'),
  language: z.enum(locales).default('zh-CN'),
})
export type BrandMake = z.output<typeof brandMake>
export const brandMade = z.object({ id: brandId })

/** POST /brands/:brand/archive: its name is typed to make sure. */
export const brandArchive = z.strictObject({
  name: z.string().min(1).max(200),
  running: z
    .enum(['refuse', 'end'])
    .default('refuse')
    .describe('end: also where journeys run, which then stand still for good'),
})

/** GET /brands */
export const brandList = z.object({
  brands: z.array(
    z.object({
      id: brandId,
      name: writtenText,
      sandbox: z.boolean(),
      zone: z.string(),
      currency: z.string(),
      language: z.enum(locales),
      createdAt: z.int(),
    }),
  ),
  unopened: z
    .array(
      z.object({
        id: brandId,
        file: z.string().describe('Where its database lies, from the folder of data'),
        createdAt: z.int(),
        code: z.string(),
        message: z.object({ 'zh-CN': z.string(), en: z.string() }),
        mend: z.object({ 'zh-CN': z.string(), en: z.string() }),
      }),
    )
    .describe('Those whose database cannot be opened, and why'),
  archived: z.array(
    z.object({
      id: brandId,
      archivedAt: z.int(),
      file: z.string().describe('Where its database lies now, from the folder of data'),
    }),
  ),
})
export type BrandList = z.infer<typeof brandList>

import { parse } from 'csv-parse/sync'
import { type StaffFileAnswer, type StaffSave, staffSave } from '../../shared/api/staff.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { errors, Problem, textsOf } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { staffKey } from '../../shared/staff/rules.ts'
import { type Locale, say } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'
import type { Assigned } from '../ports/staff.ts'

/** The columns that a file may have, by what they are called in it. */
const staffColumns = {
  id: ['id', 'staff_id', '工号', '员工编号'],
  name: ['name', '姓名', '员工姓名'],
  phone: ['phone', '电话', '手机', '手机号'],
  email: ['email', '邮箱'],
  wecom: ['wecom', '企业微信', '企微账号'],
  team: ['team', '团队', '团队编号'],
  regions: ['regions', 'region', '区域', '负责区域'],
  categories: ['categories', 'category', '品类', '负责品类'],
  ceiling: ['ceiling', '客户上限', '上限'],
} as const
const ownerColumns = {
  customer: ['customer_id', 'customer', '客户编号', '会员号'],
  staff: ['staff_id', 'staff', '工号', '员工编号'],
} as const

type Columns = Readonly<Record<string, readonly string[]>>
type Line<C extends Columns> = Readonly<Partial<Record<keyof C, string>>>

interface Table<C extends Columns> {
  readonly lines: readonly { readonly line: number; readonly cells: Line<C> }[]
}

/** Problem `staff-file-unreadable`. */
function tableOf<C extends Columns>(
  csv: string,
  columns: C,
  needed: readonly (keyof C & string)[],
): Table<C> {
  const names = Object.values(columns)
    .map(([first]) => first)
    .join(', ')
  const unreadable = (why: string) => new Problem('staff-file-unreadable', { why, columns: names })
  const rows = ((): string[][] => {
    try {
      return parse(csv, { bom: true, relax_column_count: true, skip_empty_lines: true, trim: true })
    } catch (error) {
      throw unreadable(error instanceof Error ? error.message : String(error))
    }
  })()
  const [head = [], ...lines] = rows
  if (lines.length > limits.assignAtOnce.value) throw unreadable(`> ${limits.assignAtOnce.value}`)
  const places = Object.entries(columns).map(([column, called]): [keyof C & string, number] => [
    column,
    head.findIndex((name) => called.includes(name.trim().toLowerCase())),
  ])
  const absent = places.find(([column, at]) => at < 0 && needed.includes(column))
  if (absent !== undefined) throw unreadable(columns[absent[0]]?.[0] ?? absent[0])
  return {
    lines: lines.map((cells, index) => ({
      line: index + 2,
      // A line says what stands under the names that were found.
      cells: Object.fromEntries(
        places.flatMap(([column, at]) => (at < 0 ? [] : [[column, cells[at] ?? '']])),
      ) as Line<C>,
    })),
  }
}

const several = (cell: string | undefined) =>
  (cell ?? '')
    .split(/[,;，；、|]/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

const mostTold = 100

/** Lines that were refused, each with its reason in the caller's language. */
function refusals(locale: Locale) {
  const all: { line: number; why: string }[] = []
  return {
    all,
    add: (line: number, problem: Problem) => {
      all.push({ line, why: say(textsOf(problem).message, locale) })
    },
    answer: (saved: number): StaffFileAnswer => ({
      saved,
      refused: all.slice(0, mostTold),
      left: all.length,
    }),
  }
}

function memberIn(cells: Line<typeof staffColumns>): { id: string; member: StaffSave } | Problem {
  const id = staffKey.safeParse(cells.id ?? '')
  if (!id.success) return new Problem('invalid-request', { detail: `id: ${cells.id ?? ''}` }, 'id')
  const { ceiling = '', regions, categories, id: _id, ...texts } = cells
  const member = staffSave.safeParse({
    ...texts,
    team: texts.team === undefined || texts.team === '' ? null : texts.team,
    regions: several(regions),
    categories: several(categories),
    ceiling: ceiling === '' ? null : Number(ceiling),
  })
  if (member.success) return { id: id.data, member: member.data }
  const [issue] = member.error.issues
  return new Problem('invalid-request', { detail: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}` })
}

/** Saves the staff of a file, each line by itself. Problem `staff-file-unreadable`. */
export async function readStaffFile(
  desk: Desk,
  actor: Actor,
  csv: string,
  locale: Locale,
): Promise<StaffFileAnswer> {
  const { lines } = tableOf(csv, staffColumns, ['id', 'name'])
  const told = refusals(locale)
  let saved = 0
  for (const { line, cells } of lines) {
    const read = memberIn(cells)
    try {
      if (read instanceof Problem) throw read
      await desk.stores.staff.save(desk.act(actor), read.id, read.member)
      saved += 1
    } catch (error) {
      if (!(error instanceof Problem) || !(error.code in errors)) throw error
      told.add(line, error)
    }
  }
  return told.answer(saved)
}

/** Gives customers to whom a file names. Problem `staff-file-unreadable`. */
export async function readOwnersFile(
  desk: Desk,
  actor: Actor,
  csv: string,
  locale: Locale,
): Promise<StaffFileAnswer> {
  const { lines } = tableOf(csv, ownerColumns, ['customer', 'staff'])
  const told = refusals(locale)
  const all = (name: 'customer' | 'staff') => lines.map(({ cells }) => cells[name] ?? '')
  const customers = await desk.stores.staff.known('customers', all('customer'))
  const staff = await desk.stores.staff.known('staff', all('staff'))
  const assigned = lines.flatMap(({ line, cells }): Assigned[] => {
    const { customer = '', staff: id = '' } = cells
    if (!customers.has(customer)) told.add(line, new Problem('unknown-customer', { customer }))
    else if (!staff.has(id)) told.add(line, new Problem('no-such-staff', { staff: id }))
    else return [{ customerId: customer, staff: id }]
    return []
  })
  if (assigned.length > 0) await desk.stores.staff.ownAll(desk.act(actor), assigned)
  return told.answer(assigned.length)
}

import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ColumnType,
  type ImportOptions,
  type InspectAnswer,
  importAnswer,
  inspectAnswer,
} from '../../../shared/api/imports.ts'
import { api } from '../../api/client.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import type { ImportKind, Mapping } from './mapping.ts'

/** A chosen file on its way in. */
export interface WaitingFile {
  readonly key: number
  readonly file: File
  readonly inspected: InspectAnswer | null
  readonly kind: ImportKind
  readonly mapping: Mapping
  /** Types that a person has changed; the others are as they were found. */
  readonly types: Readonly<Record<string, ColumnType>>
  readonly options: Partial<ImportOptions>
  readonly problem: ApiProblem | null
  readonly busy: boolean
  /** The import, once it was started. */
  readonly importId: string | null
  /** Whether that import has come to its end. */
  readonly ended: boolean
}

let lastKey = 0
const isCsv = ({ name }: File) => /\.(csv|txt|tsv)$/i.test(name)

function form(parts: Readonly<Record<string, string>>, file: File): FormData {
  const data = new FormData()
  // Fields come before the file, so that a reader of the stream knows them when the file begins.
  for (const [name, value] of Object.entries(parts)) data.append(name, value)
  data.append('file', file)
  return data
}

/** The files that were chosen, from looking into them to starting their import. */
export function useWaitingFiles() {
  const { t } = useTranslation('import')
  const notice = useNotice()
  const [files, setFiles] = useState<readonly WaitingFile[]>([])
  const change = useCallback(
    (key: number, part: Partial<WaitingFile>) =>
      setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one))),
    [],
  )
  const look = useCallback(
    async (key: number, file: File, kind: ImportKind | null, options: Partial<ImportOptions>) => {
      change(key, { busy: true, problem: null, options })
      try {
        const said = { ...(kind === null ? {} : { kind }), options: JSON.stringify(options) }
        const inspected = await api.post('/imports/inspect', inspectAnswer, form(said, file))
        change(key, { inspected, kind: inspected.kind, mapping: inspected.mapping, types: {}, busy: false })
      } catch (error) {
        change(key, { problem: asProblem(error), busy: false })
      }
    },
    [change],
  )
  const add = useCallback(
    (file: File) => {
      if (!isCsv(file)) return notice.problem(t('notCsv', { file: file.name }))
      lastKey += 1
      const key = lastKey
      const fresh: WaitingFile = {
        key,
        file,
        inspected: null,
        kind: 'customers',
        mapping: {},
        types: {},
        options: {},
        problem: null,
        busy: true,
        importId: null,
        ended: false,
      }
      setFiles((all) => [...all, fresh])
      void look(key, file, null, {})
    },
    [look, notice, t],
  )
  const start = async ({ key, file, kind, mapping, types, options }: WaitingFile) => {
    change(key, { busy: true, problem: null })
    try {
      const said = { mapping, types, options }
      const parts = Object.entries(said).map(([name, value]) => [name, JSON.stringify(value)])
      const body = form({ kind, ...Object.fromEntries(parts) }, file)
      const { id } = await api.post('/imports', importAnswer, body)
      change(key, { busy: false, importId: id })
      void refresh('/imports')
    } catch (error) {
      change(key, { problem: asProblem(error), busy: false })
    }
  }
  const remove = (key: number) => setFiles((all) => all.filter((one) => one.key !== key))
  return { files, add, look, change, start, remove }
}

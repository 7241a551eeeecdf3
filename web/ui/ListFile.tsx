import { Button, Progress, Upload } from 'antd'
import { FileUp } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportAnswer } from '../../shared/api/imports.ts'
import { useLocale } from '../locales/useLocale.ts'
import fields from './fields/Field.module.css'
import { Field, Row } from './fields/Field.tsx'
import { useFormat } from './useFormat.ts'
import { useNotice } from './useNotice.tsx'

/** Takes customers from a file, and tells what became of it. */
export interface Lists {
  readonly send: (file: File) => Promise<ImportAnswer>
  readonly read: (id: string, signal: AbortSignal) => Promise<ImportAnswer>
  /** The address of the file of all that was left out. */
  readonly rejectedHref: (id: string) => string
}

/** How often a list that is read in is asked how far it is (ms). */
const askEvery = 500
/** So many of the rows left out are named; all are in the file. */
const mostNamed = 3

interface ListFileProps {
  readonly lists: Lists
  /** Where they come: into a journey, or a list. */
  readonly into: 'journey' | 'list'
  /** The file has been read. */
  readonly onRead?: () => void
}

/** Takes the customers of a file: ids, phones or mailboxes. */
export function ListFile({ lists, into, onRead }: ListFileProps) {
  const { t } = useTranslation('nodes')
  const notice = useNotice()
  const [list, setList] = useState<ImportAnswer | null>(null)
  const told = useCallback(
    (next: ImportAnswer) => {
      setList(next)
      if (next.state === 'done') onRead?.()
    },
    [onRead],
  )
  useFollowed(lists, list, told)
  const running = list?.state === 'running'
  return (
    <Field
      label={t(into === 'list' ? 'manual.chooseFile' : 'manual.file')}
      hint={t(into === 'list' ? 'manual.listHint' : 'manual.fileHint')}
    >
      <Row>
        <Upload
          accept=".csv,text/csv,text/plain"
          showUploadList={false}
          disabled={running}
          beforeUpload={async (file) => {
            await lists.send(file).then(setList, notice.problem)
            return Upload.LIST_IGNORE
          }}
        >
          <Button icon={<FileUp size={14} />} loading={running} data-testid="manual-file">
            {t('manual.chooseFile')}
          </Button>
        </Upload>
      </Row>
      {list === null ? null : <Told list={list} lists={lists} into={into} />}
    </Field>
  )
}

/** Asks how far a list is until it has been read in. */
function useFollowed(lists: Lists, list: ImportAnswer | null, told: (list: ImportAnswer) => void): void {
  const notice = useNotice()
  useEffect(() => {
    if (list?.state !== 'running') return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      lists.read(list.id, stop.signal).then(told, (problem: unknown) => {
        if (!stop.signal.aborted) notice.problem(problem)
      })
    }, askEvery)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [lists, list, told, notice])
}

function Told({ list, lists, into }: Omit<ListFileProps, 'onRead'> & { list: ImportAnswer }) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const format = useFormat()
  const { state, progress, imported, rejected, rejections, problem } = list
  if (state === 'failed') return <p className={fields.hint}>{problem}</p>
  if (state === 'running') {
    const share = progress.of === 0 ? 0 : Math.round((100 * progress.done) / progress.of)
    return <Progress percent={share} size="small" />
  }
  return (
    <div data-testid="manual-file-told">
      <p>
        {imported === 0
          ? t('manual.fileNobody')
          : t(into === 'list' ? 'manual.listDone' : 'manual.fileDone', {
              count: imported,
              people: format.count(imported),
            })}
      </p>
      {rejected === 0 ? null : (
        <>
          <p>{t('manual.fileLeftOut', { count: rejected, rows: format.count(rejected) })}</p>
          <ul>
            {rejections.slice(0, mostNamed).map(({ line, reason }) => (
              <li key={line}>{t('manual.fileLine', { line, reason: reason[locale] })}</li>
            ))}
          </ul>
          <a href={lists.rejectedHref(list.id)} download>
            {t('manual.fileRejected')}
          </a>
        </>
      )}
    </div>
  )
}

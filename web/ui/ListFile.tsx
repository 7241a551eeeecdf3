import { Alert, Button, Progress, Upload } from 'antd'
import { FileUp } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportAnswer } from '../../shared/api/imports.ts'
import { useLocale } from '../locales/useLocale.ts'
import { Field, Row } from './fields/Field.tsx'
import { useFormat } from './useFormat.ts'
import { useNotice } from './useNotice.tsx'

/** Takes customers from a file, and tells what became of it. */
export interface Lists {
  /** null: whoever chose the file thought better of it. */
  readonly send: (file: File) => Promise<ImportAnswer | null>
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
  /** Whether one is on its way or being read. */
  readonly onBusy?: (busy: boolean) => void
}

/** Takes the customers of a file: ids, phones or mailboxes. */
export function ListFile({ lists, into, onRead, onBusy }: ListFileProps) {
  const { t } = useTranslation('nodes')
  const notice = useNotice()
  const [list, setList] = useState<ImportAnswer | null>(null)
  const [sending, setSending] = useState(false)
  const told = useCallback(
    (next: ImportAnswer) => {
      setList(next)
      if (next.state === 'done') onRead?.()
    },
    [onRead],
  )
  useFollowed(lists, list, told)
  const running = sending || list?.state === 'running'
  useEffect(() => onBusy?.(running), [onBusy, running])
  const send = async (file: File) => {
    setSending(true)
    // What the file before came to would be taken for this one's.
    setList(null)
    await lists.send(file).then(setList, notice.problem)
    setSending(false)
  }
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
            await send(file)
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
    let timer: ReturnType<typeof setTimeout>
    const ask = (saying: boolean) => {
      timer = setTimeout(() => {
        lists.read(list.id, stop.signal).then(told, (problem: unknown) => {
          if (stop.signal.aborted) return
          // It goes on being read where the server is out of reach for a while, which is said once.
          if (saying) notice.problem(problem)
          ask(false)
        })
      }, askEvery)
    }
    ask(true)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [lists, list, told, notice])
}

function Told({ list, lists, into }: Pick<ListFileProps, 'lists' | 'into'> & { list: ImportAnswer }) {
  const { t } = useTranslation('nodes')
  const { locale } = useLocale()
  const format = useFormat()
  const { state, progress, imported, unchanged, removed, rejected, rejections, problem } = list
  if (state === 'failed')
    return <Alert type="error" showIcon title={problem} data-testid="manual-file-failed" />
  if (state === 'running') {
    const share = progress.of === 0 ? 0 : Math.round((100 * progress.done) / progress.of)
    return <Progress percent={share} size="small" />
  }
  return (
    <div data-testid="manual-file-told">
      {imported > 0 ? (
        <p>
          {t(into === 'list' ? 'manual.listDone' : 'manual.fileDone', {
            count: imported,
            people: format.count(imported),
          })}
        </p>
      ) : unchanged === 0 ? (
        <p>{t(into === 'list' ? 'manual.listNobody' : 'manual.fileNobody')}</p>
      ) : null}
      {unchanged === 0 ? null : (
        <p>{t('manual.listKnown', { count: unchanged, people: format.count(unchanged) })}</p>
      )}
      {removed === 0 ? null : (
        <p>{t('manual.listRemoved', { count: removed, people: format.count(removed) })}</p>
      )}
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

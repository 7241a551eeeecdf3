import { Alert, Button, Modal, Upload } from 'antd'
import { FileJson2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../../locales/useLocale.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { JourneySketch } from '../templates/JourneySketch.tsx'
import { useStartFrom } from '../templates/useStartFrom.ts'
import styles from './ImportJourney.module.css'
import { type ReadFile, readJourneyFile } from './read-file.ts'

export interface ImportJourneyProps {
  open: boolean
  /** A file that was dropped elsewhere on the page. */
  dropped?: File | null
  onClose: () => void
}

/** A journey file becomes a draft: chosen or dropped, its problems listed, then imported. */
export function ImportJourney({ open, dropped = null, onClose }: ImportJourneyProps) {
  const { t } = useTranslation(['journeys', 'common'])
  const [read, setRead] = useState<ReadFile | null>(null)
  const start = useStartFrom()
  useEffect(() => {
    if (open && dropped) void readJourneyFile(dropped).then(setRead)
  }, [open, dropped])
  const close = () => {
    onClose()
    setRead(null)
  }
  const send = () => {
    if (read?.kind === 'journey') start.mutate({ file: read.text }, { onSuccess: close })
  }
  return (
    <Modal
      open={open}
      title={t('importing.title')}
      okText={t('importing.ok')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: read?.kind !== 'journey', loading: start.isPending }}
      onOk={send}
      onCancel={close}
      destroyOnHidden
    >
      {read === null ? (
        <Drop onFile={(file) => void readJourneyFile(file).then(setRead)} />
      ) : (
        <Found read={read} />
      )}
      {read === null ? (
        <p className={styles.hint}>{t('importing.hint')}</p>
      ) : (
        <Button type="link" size="small" onClick={() => setRead(null)}>
          {t('importing.another')}
        </Button>
      )}
    </Modal>
  )
}

function Drop({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('journeys')
  return (
    <Upload.Dragger
      accept=".json,application/json"
      showUploadList={false}
      beforeUpload={(file) => {
        onFile(file)
        return false
      }}
      data-testid="journey-file"
    >
      <div className={styles.drop}>
        <FileJson2 size={28} strokeWidth={1.5} aria-hidden />
        {t('importing.drop')}
      </div>
    </Upload.Dragger>
  )
}

/** What the file holds, or everything that is wrong with it. */
function Found({ read }: { read: ReadFile }) {
  const { t } = useTranslation('journeys')
  const { locale } = useLocale()
  const format = useFormat()
  if (read.kind === 'too-large')
    return <Alert type="error" showIcon title={t('importing.tooLarge', { file: read.file })} />
  if (read.kind === 'journey') {
    const name = format.text(read.journey.name) || t('importing.unnamed')
    const count = Object.keys(read.journey.nodes).length
    return (
      <>
        <Alert type="success" showIcon title={t('importing.read', { file: read.file, name, count })} />
        <div className={styles.drawing}>
          <JourneySketch journey={read.journey} label={name} />
        </div>
      </>
    )
  }
  return (
    <>
      <Alert
        type="error"
        showIcon
        title={t('importing.problems', { file: read.file, count: read.problems.length })}
      />
      <ul className={styles.problems} data-testid="file-problems">
        {read.problems.map((problem) => (
          <li key={`${problem.path} ${problem.message.en}`}>
            {problem.path ? <code>{problem.path}</code> : null}
            <p>{problem.message[locale]}</p>
            <span>{problem.mend[locale]}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

import { Button, Upload } from 'antd'
import { FileUp, FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { importTemplate } from '../../../shared/api/import-template.ts'
import { fileKinds, importKinds } from '../../../shared/api/imports.ts'
import { useBrand, useSystem } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { saveFile } from '../journeys/save-file.ts'
import { EarlierImports } from './EarlierImports.tsx'
import { FileCard } from './FileCard.tsx'
import styles from './ImportPage.module.css'
import { useWaitingFiles, type WaitingFile } from './useWaitingFiles.ts'

/** Customers and orders come in from files; into the brand that holds own data only. */
export function Component() {
  const { t } = useTranslation(['import', 'customers'])
  const path = useBrandPath()
  const demo = useBrand()?.id === 'demo'
  return (
    <Page>
      <PageHeader
        title={t('title')}
        back={{ to: path('customers'), label: t('customers:title') }}
        about={demo ? undefined : t('about')}
      />
      {demo ? <NotHere /> : <Importing />}
    </Page>
  )
}

/** The demo brand takes no data; the way to the brand that does. */
function NotHere() {
  const { t } = useTranslation('import')
  const { brands } = useSystem()
  const own = brands.find(({ id }) => id !== 'demo')
  return (
    <EmptyState
      icon={FlaskConical}
      title={t('demo.title')}
      text={t('demo.text')}
      example={t('demo.example')}
      action={
        own ? (
          <Link to={`/${own.id}/import`}>
            <Button type="primary" data-testid="import-into-own">
              {t('demo.action')}
            </Button>
          </Link>
        ) : null
      }
    />
  )
}

/** Customers before orders, as orders belong to customers; files that were already started keep their place. */
const inOrder = (files: readonly WaitingFile[]) =>
  [...files].sort((a, b) => fileKinds.indexOf(a.kind) - fileKinds.indexOf(b.kind) || a.key - b.key)

function Importing() {
  const { files, add, look, change, start, remove } = useWaitingFiles()
  const started = new Set(files.flatMap(({ importId }) => (importId === null ? [] : [importId])))
  const customersFirst = files.some(
    ({ kind, ended, inspected }) => kind === 'customers' && inspected && !ended,
  )
  return (
    <div className={styles.page}>
      <Drop onFile={add} />
      <Templates />
      {inOrder(files).map((waiting) => (
        <FileCard
          key={waiting.key}
          waiting={waiting}
          customersFirst={customersFirst}
          onEnd={() => change(waiting.key, { ended: true })}
          onKind={(kind) => void look(waiting.key, waiting.file, kind, waiting.options)}
          onRead={(options) => void look(waiting.key, waiting.file, null, options)}
          onOptions={(options) => change(waiting.key, { options })}
          onMapping={(mapping) => change(waiting.key, { mapping })}
          onTypes={(types) => change(waiting.key, { types })}
          onStart={() => void start(waiting)}
          onRemove={() => remove(waiting.key)}
        />
      ))}
      <EarlierImports hidden={started} />
    </div>
  )
}

/** Files to be filled in, for whoever has no export. */
function Templates() {
  const { t } = useTranslation('import')
  return (
    <div className={styles.templates}>
      <span>{t('templates')}</span>
      {importKinds.map((kind) => (
        <Button
          key={kind}
          type="link"
          size="small"
          onClick={() => saveFile(`magpie-${kind}.csv`, importTemplate(kind), 'text/csv')}
          data-testid={`template-${kind}`}
        >
          {t(`kinds.${kind}`)}
        </Button>
      ))}
    </div>
  )
}

function Drop({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('import')
  return (
    <Upload.Dragger
      multiple
      accept=".csv,.tsv,.txt,text/csv"
      showUploadList={false}
      beforeUpload={(file) => {
        onFile(file)
        return false
      }}
      data-testid="import-files"
    >
      <div className={styles.drop}>
        <FileUp size={30} strokeWidth={1.5} aria-hidden />
        <strong>{t('drop.title')}</strong>
        <p>{t('drop.text')}</p>
        <small>{t('drop.note')}</small>
      </div>
    </Upload.Dragger>
  )
}

import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { contentAnswer, contentList } from '../../../shared/api/contents.ts'
import { brandSettings } from '../../../shared/api/settings.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { ConditionWords } from '../audiences/ConditionWords.tsx'
import { ContentEditor } from './ContentEditor.tsx'

/** One content of the library with its variants, or a new one. */
export function Component() {
  const { key } = useParams()
  return (
    <Page>
      <ConditionWords>{key === undefined ? <New /> : <Known key={key} contentKey={key} />}</ConditionWords>
    </Page>
  )
}

function New() {
  const { t } = useTranslation('contents')
  const path = useBrandPath()
  const settings = useApiQuery('/settings/brand', brandSettings)
  const contents = useApiQuery('/contents', contentList)
  const taken = new Set(contents.data?.contents.map(({ content }) => content.key))
  return (
    <>
      <PageHeader title={t('new')} back={{ to: path('contents'), label: t('title') }} />
      <Loaded query={settings} skeleton={<PageSkeleton />}>
        {({ labels }) => <ContentEditor kept={null} attributes={labels} taken={taken} />}
      </Loaded>
    </>
  )
}

function Known({ contentKey }: { contentKey: string }) {
  const { t } = useTranslation('contents')
  const path = useBrandPath()
  const format = useFormat()
  const settings = useApiQuery('/settings/brand', brandSettings)
  // What is written here is not thrown away by what comes in meanwhile: saving says so.
  const query = useApiQuery(`/contents/${encodeURIComponent(contentKey)}`, contentAnswer, {
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnMount: 'always',
  })
  const title = query.data === undefined ? contentKey : format.text(query.data.content.name)
  return (
    <>
      <PageHeader title={title} back={{ to: path('contents'), label: t('title') }} />
      <Loaded query={settings} skeleton={<PageSkeleton />}>
        {({ labels }) => (
          <Loaded query={query} skeleton={<PageSkeleton />}>
            {(kept) => <ContentEditor kept={kept} attributes={labels} taken={new Set()} />}
          </Loaded>
        )}
      </Loaded>
    </>
  )
}

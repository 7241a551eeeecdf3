import { ReactFlowProvider } from '@xyflow/react'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { type JourneyAnswer, journeyAnswer } from '../../../shared/api/journeys.ts'
import { api } from '../../api/client.ts'
import { CanvasRoot } from '../../canvas/CanvasRoot.tsx'
import { type Canvas, CanvasContext } from '../../canvas/context.ts'
import { openCanvas } from '../../canvas/open.ts'
import { ConditionContext, EditorContext } from '../../nodes/index.ts'
import { Page } from '../../ui/Page.tsx'
import { PageError } from '../../ui/PageError.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import { CanvasSkeleton } from './CanvasSkeleton.tsx'
import { useEditorServices } from './useEditorServices.ts'
import { useView } from './useView.ts'

/** The canvas of one journey, by the id in the address. */
export default function CanvasPage() {
  const { id = '' } = useParams()
  return (
    <ReactFlowProvider key={id}>
      <LoadedCanvas id={id} />
    </ReactFlowProvider>
  )
}

/** What the router loads. */
export const Component = CanvasPage

type Loaded =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly problem: unknown }
  | { readonly state: 'open'; readonly canvas: Canvas }

/** The draft is read once: from then on the document is what is edited, and it saves itself. */
function LoadedCanvas({ id }: { id: string }) {
  const { t } = useTranslation('canvas')
  const view = useView()
  const notice = useNotice()
  // Another language makes another notice, for which nothing need be read again.
  const tell = useRef(notice.problem)
  useEffect(() => {
    tell.current = notice.problem
  }, [notice])
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' })
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    const stop = new AbortController()
    let canvas: Canvas | null = null
    setLoaded({ state: 'loading' })
    const path = `/journeys/${encodeURIComponent(id)}?attempt=${attempt}`.replace('?attempt=0', '')
    api.get(path, journeyAnswer, { signal: stop.signal }).then(
      (answer: JourneyAnswer) => {
        if (stop.signal.aborted) return
        canvas = openCanvas(answer, view)
        setLoaded({ state: 'open', canvas })
      },
      (problem: unknown) => {
        if (!stop.signal.aborted) setLoaded({ state: 'failed', problem })
      },
    )
    return () => {
      stop.abort()
      // What was drawn last is saved when the page is left; whoever drew it hears where it could not be.
      canvas?.saving.flush().catch((problem: unknown) => tell.current(problem))
      canvas?.saving.stop()
    }
  }, [id, attempt, view])
  if (loaded.state === 'failed')
    return (
      <Page>
        <PageError
          error={loaded.problem}
          title={t('failed.title')}
          onRetry={() => setAttempt((count) => count + 1)}
          home={
            <Link to="../journeys">
              <Button>{t('failed.back')}</Button>
            </Link>
          }
        />
      </Page>
    )
  if (loaded.state === 'loading') return <CanvasSkeleton />
  return <OpenedCanvas canvas={loaded.canvas} />
}

function OpenedCanvas({ canvas }: { canvas: Canvas }) {
  const services = useEditorServices(canvas)
  if (services === null) return <CanvasSkeleton />
  return (
    <CanvasContext value={canvas}>
      <EditorContext value={services.editor}>
        <ConditionContext value={services.conditions}>
          <CanvasRoot />
        </ConditionContext>
      </EditorContext>
    </CanvasContext>
  )
}

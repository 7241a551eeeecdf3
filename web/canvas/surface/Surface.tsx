import {
  Background,
  BackgroundVariant,
  type Connection,
  type FinalConnectionState,
  MiniMap,
  ReactFlow,
  type ReactFlowInstance,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { useCallback, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { connect } from '../../commands/connect.ts'
import { select, selectEdge } from '../../store/document.ts'
import { canConnect } from '../../store/graph.ts'
import { preferences } from '../../ui/preferences.ts'
import { useCanvas, useRun } from '../context.ts'
import { VersionSwitch } from '../publish/VersionSwitch.tsx'
import { Card } from './Card.tsx'
import { EmptyCanvas } from './EmptyCanvas.tsx'
import { FlowLine } from './FlowLine.tsx'
import { type CardNode, type FlowEdge, firstView } from './flow.ts'
import styles from './Surface.module.css'
import { Toolbar, ViewToolbar } from './Toolbar.tsx'
import { useAriaLabels } from './useAriaLabels.ts'
import { useFlow } from './useFlow.ts'
import { useMiniMap } from './useMiniMap.ts'

const nodeTypes = { card: Card }
const edgeTypes = { flow: FlowLine }
const attribution = { hideAttribution: true }
const keepSelected = ['Shift', 'Meta', 'Control']

/** Nothing can be taken hold of. */
const looking = {
  nodesDraggable: false,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
}

/** Where the pointer was let go. */
function pointOf(event: MouseEvent | TouchEvent): { x: number; y: number } {
  const touch = 'changedTouches' in event ? event.changedTouches[0] : event
  return { x: touch?.clientX ?? 0, y: touch?.clientY ?? 0 }
}

interface SurfaceProps {
  /** Only to look at. */
  readonly readOnly?: boolean
  /** Begins with all of it in sight, as far as it can still be read, instead of with its beginning. */
  readonly whole?: boolean
}

const allInSight = { padding: 0.08, minZoom: 0.4, maxZoom: 1 }

/** The dotted ground with its cards and lines. */
export function Surface({ readOnly = false, whole = false }: SurfaceProps) {
  const { t } = useTranslation('canvas')
  const { document, screen, types } = useCanvas()
  const run = useRun()
  const flow = useFlow()
  const { screenToFlowPosition } = useReactFlow<CardNode, FlowEdge>()
  const mode = useStore(preferences, (state) => state.mode)
  const aria = useAriaLabels()
  const colourOf = useMiniMap()
  const frame = useRef<HTMLDivElement>(null)

  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      if (sourceHandle !== null) run(connect, { from: source, port: sourceHandle, to: target })
    },
    [run],
  )
  const isValid = useCallback(
    ({ source, target }: Connection | FlowEdge) =>
      canConnect(document.getState().journey, source, target, types),
    [document, types],
  )
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, { isValid: valid, fromHandle, toNode }: FinalConnectionState) => {
      if (valid || toNode !== null || fromHandle?.type !== 'source' || !fromHandle.id) return
      const at = pointOf(event)
      const from = { node: fromHandle.nodeId, port: fromHandle.id }
      screen.setState({ quickAdd: { screen: at, place: screenToFlowPosition(at), from } })
    },
    [screen, screenToFlowPosition],
  )
  const onInit = useCallback(
    ({ getNodes, setViewport, fitView }: ReactFlowInstance<CardNode, FlowEdge>) => {
      const box = frame.current?.getBoundingClientRect()
      const places = getNodes().map(({ position }) => position)
      if (whole) void fitView(allInSight)
      else if (box) void setViewport(firstView(places, box))
    },
    [whole],
  )
  const onEdgeClick = useCallback(
    (_event: unknown, edge: FlowEdge) => selectEdge(document, edge.id),
    [document],
  )
  const onPaneClick = useCallback(() => select(document, []), [document])
  const miniMap = useMemo(
    () => (
      <MiniMap
        pannable
        zoomable
        className={styles.miniMap ?? ''}
        style={{ width: 120, height: 80 }}
        nodeColor={colourOf}
        nodeBorderRadius={16}
        ariaLabel={t('surface.miniMap')}
      />
    ),
    [colourOf, t],
  )
  return (
    <div ref={frame} className={styles.surface} data-testid="canvas">
      <ReactFlow<CardNode, FlowEdge>
        nodes={flow.nodes}
        edges={flow.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={flow.onNodesChange}
        onNodeDragStart={flow.onNodeDragStart}
        onNodeDragStop={flow.onNodeDragStop}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        isValidConnection={isValid}
        {...(readOnly ? looking : { onEdgeClick })}
        onPaneClick={onPaneClick}
        colorMode={mode}
        ariaLabelConfig={aria}
        proOptions={attribution}
        onInit={onInit}
        minZoom={0.15}
        maxZoom={1.6}
        connectionRadius={28}
        connectionDragThreshold={4}
        connectOnClick={false}
        edgesReconnectable={false}
        deleteKeyCode={null}
        multiSelectionKeyCode={keepSelected}
        elevateNodesOnSelect={false}
        onlyRenderVisibleElements
        panOnScroll
        zoomOnDoubleClick={false}
        autoPanSpeed={8}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.6} color="var(--mp-dot)" />
        {miniMap}
      </ReactFlow>
      {readOnly ? <ViewToolbar /> : <Toolbar />}
      {readOnly ? null : <EmptyCanvas />}
      <VersionSwitch />
    </div>
  )
}

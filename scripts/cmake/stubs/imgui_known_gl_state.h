// Dear ImGui's backend asks for some twenty pieces of OpenGL's state before each frame, to put them back behind it. In
// a browser every such question waits until the graphics process has done all it was told so far: milliseconds on a
// good graphics card, a tenth of a second on a computer that draws with its processor. Nothing but that backend draws
// on this canvas, so what it would be told is known: the state in which OpenGL begins, to which it always returns.
#pragma once

#include <GLES3/gl3.h>

static inline void duibiao_known_gl_state(GLenum name, GLint* value) {
    switch (name) {
        case GL_CURRENT_PROGRAM:
        case GL_TEXTURE_BINDING_2D:
        case GL_SAMPLER_BINDING:
        case GL_ARRAY_BUFFER_BINDING:
        case GL_PIXEL_UNPACK_BUFFER_BINDING:
        case GL_VERTEX_ARRAY_BINDING: *value = 0; return;
        case GL_ACTIVE_TEXTURE: *value = GL_TEXTURE0; return;
        case GL_BLEND_SRC_RGB:
        case GL_BLEND_SRC_ALPHA: *value = GL_ONE; return;
        case GL_BLEND_DST_RGB:
        case GL_BLEND_DST_ALPHA: *value = GL_ZERO; return;
        case GL_BLEND_EQUATION_RGB:
        case GL_BLEND_EQUATION_ALPHA: *value = GL_FUNC_ADD; return;
        // Both are set before anything is drawn, and scissoring is off in between.
        case GL_VIEWPORT:
        case GL_SCISSOR_BOX: value[0] = value[1] = value[2] = value[3] = 0; return;
        default: glGetIntegerv(name, value); return;
    }
}

#define glGetIntegerv duibiao_known_gl_state
#define glIsEnabled(capability) ((GLboolean)GL_FALSE)

// The first question of all waits for the graphics process to begin, to compile and to link: a tenth of a second in
// which the first frame can be laid out. So it is asked when that frame is drawn. Contexts are WebGL 2, the shaders are
// the backend's own and compile wherever that is, and their attributes are given their places instead of asked for them.
static GLuint duibiao_program = 0;
static GLint duibiao_uniforms[2] = {-1, -1};

static inline void duibiao_link(GLuint program) {
    glBindAttribLocation(program, 0, "Position");
    glBindAttribLocation(program, 1, "UV");
    glBindAttribLocation(program, 2, "Color");
    glLinkProgram(program);
    duibiao_program = program;
    duibiao_uniforms[0] = duibiao_uniforms[1] = -1;
}

static inline GLint duibiao_uniform(GLint which) {
    GLint* place = &duibiao_uniforms[which];
    if (*place < 0) *place = glGetUniformLocation(duibiao_program, which == 0 ? "Texture" : "ProjMtx");
    return *place;
}

#define glGetString(name) ((const GLubyte*)"OpenGL ES 3.0")
#define glGetShaderiv(shader, name, value) ((void)(*(value) = (name) == GL_COMPILE_STATUS ? GL_TRUE : 0))
#define glGetProgramiv(program, name, value) ((void)(*(value) = (name) == GL_LINK_STATUS ? GL_TRUE : 0))
#define glLinkProgram duibiao_link
#define glGetAttribLocation(program, name) ((name)[0] == 'P' ? 0 : (name)[0] == 'U' ? 1 : 2)
#define glGetUniformLocation(program, name) ((name)[0] == 'T' ? 0 : 1)
#define glUniform1i(which, value) glUniform1i(duibiao_uniform(which), value)
#define glUniformMatrix4fv(which, count, transpose, value) \
    glUniformMatrix4fv(duibiao_uniform(which), count, transpose, value)
